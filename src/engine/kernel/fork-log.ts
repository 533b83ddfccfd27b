import type { Fault } from './fault.ts';
import type { Thread } from './thread.ts';

/** How a slice of a thread ended, as far as a replay has to make it end there again. */
export type SliceEnd =
  /** In front of its last access. */
  | 'access'
  /** Out of fuel at a loop edge or a function entry. */
  | 'work'
  /** In its last kernel call, which suspended. */
  | 'call'
  /** In its last kernel call, which had to wait for other cores' clocks. */
  | 'deferred'
  /** Before it began: the call deferred by the slice before has to wait after all. */
  | 'parked'
  /** Before it began: the call deferred by the slice before is done, and a signal's handler goes before what follows it. */
  | 'done'
  /** The thread ended. */
  | 'end';

/** One slice: which thread of the process (its index), and how far it went. */
export interface SliceEntry {
  readonly kind: 'slice';
  readonly thread: number;
  /** Accesses, ticks of work between them, kernel calls. */
  readonly accesses: number;
  readonly work: number;
  readonly calls: number;
  readonly end: SliceEnd;
}

/** A slice in a log: what it was given came before this place in `ForkLog.given`. */
interface LoggedSlice extends SliceEntry {
  readonly given: number;
  /** `work` is what a replay in one go would count; else part of it was done twice, the first time in code that could not be suspended. */
  readonly isExact: boolean;
}

/** A kernel call that waited got its result from outside the process. */
interface AnswerEntry {
  readonly kind: 'answer';
  readonly thread: number;
  readonly value: unknown;
  readonly isError: boolean;
}

/** What happened to a process, in order. */
export type LogEntry =
  | LoggedSlice
  | AnswerEntry
  /** The time of a wait was up. */
  | { readonly kind: 'timeout' | 'spurious'; readonly thread: number }
  /** A callback was handed to the event loop: the how-manieth that the program registered. */
  | { readonly kind: 'post'; readonly callback: number }
  /** A signal's handler was put on the thread's stack; with `repeats`, on top of the call it waited in, which is made again. */
  | {
      readonly kind: 'interrupt';
      readonly thread: number;
      readonly signal: string;
      readonly repeats: boolean;
      /** Ticks of `compute` that it had still to burn, done after the handler. */
      readonly compute: number;
      /** The thread's own fault, after which it does the access again. */
      readonly fault?: Fault;
    }
  /** The process came into being here: of its parent's threads only this one went on, with `fork()` giving 0, or with the body of `new Process`. */
  | { readonly kind: 'born'; readonly thread: number; readonly runsBody: boolean };

/** What a kernel call that did not wait gave. */
export interface Given {
  readonly value: unknown;
  readonly isError: boolean;
}

/**
 * Everything a process was given from outside, and in which order its threads took turns: enough to bring a second instance of the program to the same state. That is how `fork`
 * copies a process, whose generators nobody can copy. Slices of one thread with nothing between them become one: a replay need not stop where the thread once had to, and a call that
 * once waited is answered at once. So the log of a process with one thread is a single slice, and whatever it was given.
 */
export class ForkLog {
  readonly entries: LogEntry[];
  /** Results from outside, in the order in which the program asked for them. */
  readonly given: Given[];

  constructor(entries: LogEntry[] = [], given: Given[] = []) {
    this.entries = entries;
    this.given = given;
  }

  add(entry: Exclude<LogEntry, LoggedSlice>): void {
    this.entries.push(entry);
  }

  /** Notes a slice that has just ended. */
  addSlice(slice: SliceEntry): void {
    let last: LoggedSlice = { ...slice, given: this.given.length, isExact: true };
    for (let before = this.mergeable(last); before; before = this.mergeable(last))
      last = this.merge(before, last);
    this.entries.push(last);
  }

  /** The entry that the slice, not yet in the log, goes on from without a break, if it is a slice. */
  private mergeable(next: LoggedSlice): LoggedSlice | null {
    const top = this.entries.at(-1);
    const before = top?.kind === 'answer' && top.thread === next.thread ? this.entries.at(-2) : top;
    if (before?.kind !== 'slice' || before.thread !== next.thread) return null;
    if (before.end === 'parked' || before.end === 'done' || next.end === 'done') return null;
    const isCountedRight = next.end !== 'work' || (before.isExact && before.end !== 'work');
    return isCountedRight ? before : null;
  }

  /** Takes the slice before off the log, and its answer: that is given to it at once. */
  private merge(before: LoggedSlice, next: LoggedSlice): LoggedSlice {
    const answer = this.entries.pop();
    let { given } = next;
    if (answer?.kind === 'answer') {
      this.entries.pop();
      this.given.splice(before.given, 0, { value: answer.value, isError: answer.isError });
      given++;
    }
    return {
      kind: 'slice',
      thread: next.thread,
      accesses: before.accesses + next.accesses,
      work: before.work + next.work,
      calls: before.calls + next.calls,
      end: next.end === 'parked' ? 'call' : next.end,
      given,
      isExact: before.isExact && next.isExact && before.end !== 'work',
    };
  }

  /** Notes and returns a value from outside. */
  give<T>(value: T): T {
    this.given.push({ value, isError: false });
    return value;
  }

  answer(thread: Thread, value: unknown, isError: boolean): void {
    this.entries.push({ kind: 'answer', thread: thread.index, value, isError });
  }

  /** The log of a child: all of this, and that it was born. */
  forChild(thread: Thread, runsBody: boolean): ForkLog {
    const born = { kind: 'born', thread: thread.index, runsBody } as const;
    return new ForkLog([...this.entries, born], [...this.given]);
  }
}
