/**
 * What the explorer knows of a program: processes (threads, store buffers, timers) that each stand before one visible
 * operation. Nothing here knows the kernel or the language; anything that can be started afresh, asked which process can
 * go on and told to go on can be explored.
 *
 * The duty of an implementation: the same choices give the same operations, process numbers and object numbers, and a
 * process's number and the numbers of the objects it makes do not depend on how independent steps of others interleave.
 */

/** How an operation touches its object. */
export const Access = {
  /** Touches nothing another process can notice. */
  None: 0,
  /** Changes nothing: two reads commute. */
  Read: 1,
  Write: 2,
  /** A write where `possible`, else a read: `tryLock`, `compareExchange`. */
  Conditional: 3,
} as const;

/** One of `Access`. */
export type Access = (typeof Access)[keyof typeof Access];

/** One visible operation, before it is done. Immutable: the search keeps operations across executions. */
export interface Operation {
  /** In the words of the library: `load`, `lock`, `send`. */
  readonly kind: string;
  /** Number of the object it touches, small and dense; -1 for none. */
  readonly object: number;
  /** Number of a second object, which it changes (the mutex a condition's `wait` gives back); -1 for none. */
  readonly also: number;
  readonly access: Access;
  /** A plain access to a variable: it orders nothing, and two of them can be a data race. */
  readonly plain: boolean;
  /** It waits until it is `possible`. */
  readonly blocks: boolean;
  /** Objects it looks at besides, as marks of objects that are read (see `Execution.touched`): where it waits to the end, whoever changed one of them could have come later. */
  readonly looks?: readonly number[];
  /**
   * Could it be done (a blocking operation) or succeed (a conditional one), were its object in the state `before`?
   * Asked of states that `Execution.before` has reported for the same object.
   */
  possible(before: unknown): boolean;
}

/** One run of the program, advanced one visible operation at a time. */
export interface Execution {
  /** Begin again from the start. Every process then stands before its first visible operation. */
  start(): void;
  /** Go back to the state after the first `depth` steps of the execution before; where it is missing, `start` and those steps do the same. */
  restore?(depth: number): void;
  /** Processes so far; they are numbered from 0. */
  readonly size: number;
  /**
   * The operation a process stands before. Null where it has ended, and where it waits for another's step to be given one (a waiter before
   * it is signalled, a join before the end of the thread, an empty store buffer): see `cause`.
   */
  pending(process: number): Operation | null;
  /** Could the process's pending operation be done now? False where there is none. */
  isEnabled(process: number): boolean;
  /** Writes the processes whose pending operation could be done now, in ascending order, and says how many there are; where it is missing, `isEnabled` is asked. */
  enabledInto?(target: Int32Array): number;
  /** Do the pending operation of an enabled process, then everything up to its next one. */
  step(process: number): void;
  /** The last step changed its object. */
  readonly wrote: boolean;
  /** State of the last step's object before it, as far as `Operation.possible` needs it. */
  readonly before: unknown;
  /** The same of the operation's second object (`Operation.also`). */
  readonly beforeAlso: unknown;
  /** State, now, of the object of the process's pending operation: what `before` would be, were it done now. */
  state(process: number): unknown;
  /** Every thread has ended. Where nothing is enabled and this is false, the program is deadlocked. */
  readonly finished: boolean;
  /** The last step ended the whole execution (a failed assertion, a fault): nothing else runs. */
  readonly halted: boolean;
  /**
   * Further objects that the last step touched (code that cannot be suspended ran in it): the number of one that it changed, the bitwise
   * complement of the number of one that it only read. Must not be changed later.
   */
  readonly touched: readonly number[];
  /**
   * The steps (numbered from 0) that, apart from the process's own last one, made its pending operation possible: the spawn of the
   * thread, the signal to a waiter, the end of a joined thread, the store that a buffer holds. Must not be changed later.
   */
  causes(process: number): readonly number[];
}

/** No causes, nothing touched. */
export const NONE: readonly number[] = [];
