import type { Given } from '../kernel/fork-log.ts';

/** What happened to one process, in order. */
export type HistoryEntry =
  /** A thread (its index) ran until it stopped in front of an access, in a call, or for another reason. `arena`: where its objects were put. */
  | {
      readonly kind: 'run';
      readonly thread: number;
      readonly arena: number;
      readonly accesses: number;
      readonly calls: number;
      readonly end: 'access' | 'call' | 'other';
    }
  /** The operation a thread stood before was done, on an object of the process's own. */
  | { readonly kind: 'do'; readonly thread: number }
  /** A call that waited got its result from outside the process. */
  | { readonly kind: 'answer'; readonly thread: number; readonly value: unknown; readonly isError: boolean }
  /** The wait a thread was in ended without a signal. */
  | { readonly kind: 'timeout' | 'spurious'; readonly thread: number }
  /** A signal's handler was put on the thread's stack. */
  | { readonly kind: 'interrupt'; readonly thread: number; readonly signal: string }
  /** A callback was handed to the event loop: the how-manieth that the program registered. */
  | { readonly kind: 'post'; readonly callback: number }
  /** The process came into being here: of its parent's threads only this one went on. */
  | { readonly kind: 'born'; readonly thread: number; readonly runsBody: boolean };

/**
 * Everything a process was given from outside, and in which order its threads took their steps: enough to bring a second instance of the program to the same
 * state. A fork copies a process by that, for generators cannot be copied.
 */
export class History {
  readonly entries: HistoryEntry[];
  /** Facts from outside that a call got without waiting, in the order of the calls. */
  readonly given: Given[];

  constructor(entries: HistoryEntry[] = [], given: Given[] = []) {
    this.entries = entries;
    this.given = given;
  }

  add(entry: HistoryEntry): void {
    this.entries.push(entry);
  }

  /** The history of a child: all of this, and that it was born. */
  forChild(thread: number, runsBody: boolean): History {
    return new History([...this.entries, { kind: 'born', thread, runsBody }], [...this.given]);
  }
}
