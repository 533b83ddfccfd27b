/** What stands in the queues of an event loop, for the loop itself and for whoever looks at it. */
import type { Frame } from './forms.ts';
import type { Runtime } from './runtime.ts';

/** One microtask. */
export interface Job {
  /** The activation that does its work. */
  run(rt: Runtime): Frame;
  /** What it is about, for whoever looks at the queue. */
  readonly about: JobAbout;
}

/** What a microtask calls, or at which site it goes on or was asked for; `pass` hands a value from one promise to the next. */
export interface JobAbout {
  readonly kind: 'call' | 'reaction' | 'pass' | 'follow' | 'await';
  readonly callback?: unknown;
  readonly site?: number;
}

/** What a loop calls or goes on with, and what it is about. */
export type QueueEntry = JobAbout & { readonly due?: number; readonly repeat?: number };

/** The queues of a loop as they are now, each in the order in which the loop would take from it. */
export interface LoopQueues {
  /** What runs now: of which phase, and (where it is one) which entry. */
  readonly phase: LoopPhase;
  readonly now: QueueEntry | null;
  readonly microtasks: readonly QueueEntry[];
  /** `due`: virtual nanoseconds. `repeat`: milliseconds of an interval. */
  readonly timers: readonly QueueEntry[];
  readonly tasks: readonly QueueEntry[];
  readonly immediates: readonly QueueEntry[];
  /** Things on their way from outside that will be posted as tasks. */
  readonly held: number;
}

/** `program`: the loop has not begun, because the code of the module is still running. */
export type LoopPhase =
  | 'program'
  | 'microtask'
  | 'timer'
  | 'task'
  | 'immediate'
  | 'waiting'
  | 'turning'
  | 'over';
