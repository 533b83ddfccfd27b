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

/** What happened to a process, in order. */
export type LogEntry =
  | SliceEntry
  /** A kernel call that waited got its result from outside the process. */
  | { readonly kind: 'answer'; readonly thread: number; readonly value: unknown; readonly isError: boolean }
  /** The time of a wait was up. */
  | { readonly kind: 'timeout' | 'spurious'; readonly thread: number }
  /** A callback was handed to the event loop: the how-manieth that the program registered. */
  | { readonly kind: 'post'; readonly callback: number }
  /** A signal's handler was put on the thread's stack. */
  | { readonly kind: 'interrupt'; readonly thread: number; readonly signal: string }
  /** The process came into being here: of its parent's threads only this one went on, with `fork()` giving 0, or with the body of `new Process`. */
  | { readonly kind: 'born'; readonly thread: number; readonly runsBody: boolean };

/** What a kernel call that did not wait gave. */
export interface Given {
  readonly value: unknown;
  readonly isError: boolean;
}

/**
 * Everything a process was given from outside, and in which order its threads took turns: enough to bring a second instance of the program to the same state. That is how `fork`
 * copies a process, whose generators nobody can copy.
 */
export class ForkLog {
  readonly entries: LogEntry[];
  /** Results from outside, in the order in which the program asked for them. */
  readonly given: Given[];

  constructor(entries: LogEntry[] = [], given: Given[] = []) {
    this.entries = entries;
    this.given = given;
  }

  add(entry: LogEntry): void {
    this.entries.push(entry);
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
