import type { TracedStack } from './trace.ts';

/**
 * What is inside the processes at one moment and in no trace: stacks, the queues of event loops, fibers. Asked for where somebody
 * looks at the moment; a run writes none of it down.
 */
export interface Inside {
  readonly stacks: readonly TracedStack[];
  readonly loops: readonly LoopPicture[];
  readonly fibers: readonly FiberPicture[];
}

/** The event loop of one process that has not ended. */
export interface LoopPicture {
  readonly pid: number;
  /** What its main thread does: the code of the program itself, an entry of one of the queues, nothing. */
  readonly phase: 'program' | 'microtask' | 'timer' | 'task' | 'immediate' | 'waiting' | 'turning' | 'over';
  /** The entry that runs; null where none does. */
  readonly now: QueuedWork | null;
  readonly queues: readonly LoopQueue[];
  /** Things from outside that will become tasks: requests to devices, sources that are watched. */
  readonly onTheWay: number;
}

/** One queue, in the order in which the loop takes from it. */
export interface LoopQueue {
  readonly name: 'microtasks' | 'timers' | 'tasks' | 'immediates';
  /** The first of its entries. */
  readonly entries: readonly QueuedWork[];
  /** Entries behind those. */
  readonly more: number;
}

/** One entry of a queue. */
export interface QueuedWork {
  /**
   * `call` a callback, `settle` a promise, `reaction` to one, `await` an async function goes on, `pass` a value to the next promise, `follow`: a promise
   * takes over what another comes to.
   */
  readonly kind: 'call' | 'settle' | 'reaction' | 'await' | 'pass' | 'follow';
  /** The function that runs; empty for one without a name. */
  readonly name: string;
  /** Where that function is, where an async function goes on, or where the call was asked for; 0 where that is unknown. */
  readonly line: number;
  /** Timers: virtual nanoseconds at which it is due, and (an interval) of its period. */
  readonly due?: number;
  readonly period?: number;
}

/** One fiber. */
export interface FiberPicture {
  readonly pid: number;
  /** Number among the fibers of its process, from 1 on, in the order in which they were made. */
  readonly number: number;
  /** The thread that made it, or resumed it last. */
  readonly tid: number;
  /** The function it runs, empty for one without a name, and its line. */
  readonly name: string;
  readonly line: number;
  readonly state: 'new' | 'suspended' | 'running' | 'ended';
  /** A running fiber that resumed another waits for that one. */
  readonly waitsFor: number | null;
  /** Where it stands: function and line, innermost first; empty before it begins and after it ends. */
  readonly frames: readonly { readonly function: string; readonly line: number }[];
}
