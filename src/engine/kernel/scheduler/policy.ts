/**
 * Who runs next. A policy sees tasks, never the kernel; the kernel sees this interface, never which policy it has. All times are
 * ticks of virtual time.
 */

/** What a policy may know about a thread. */
export interface Task {
  readonly tid: number;
  /** A larger number is more urgent; includes what it inherits from those who wait for it. */
  readonly priority: number;
  /** Share of the CPU, from the nice values: 1024 is a normal thread. */
  readonly weight: number;
  /** CPU time it said it would need, 0 where it did not say. */
  readonly expected: number;
  /** CPU time it has used so far. */
  readonly used: number;
  /** The only core it may run on, or -1. */
  readonly affinity: number;
  /** Links of the ready list it stands in; the list's own business. */
  readyNext: Task | null;
  readyPrevious: Task | null;
}

/** How a task came to be ready. */
export type ReadyReason =
  /** It did not exist before. */
  | 'new'
  /** What it waited for has happened. */
  | 'woken'
  /** Another thread took its core before its slice was over. */
  | 'preempted'
  /** It used up its slice. */
  | 'expired'
  /** It gave the core away. */
  | 'yielded';

/** One scheduling policy with the state of its queues. */
export interface Policy {
  readonly name: string;
  /** Tasks that are ready and not running. */
  readonly length: number;
  /** The task is ready. */
  enqueue(task: Task, reason: ReadyReason, now: number): void;
  /** The task is no longer ready: it was killed. */
  dequeue(task: Task): void;
  /** Takes the task that `core` runs next; null where none may run there. */
  pick(core: number, now: number): Task | null;
  /** How long the task that was picked may run, as things are when it begins. Infinity: until it stops by itself. */
  slice(task: Task, now: number): number;
  /** The running task has used this much CPU time. Called before the task is put anywhere else. */
  ran(task: Task, ticks: number, now: number): void;
  /** The task stopped to wait. */
  blocked(task: Task): void;
  /** The task is over; forget it. */
  ended(task: Task): void;
  /** Must `running` make room for `ready` now? */
  preempts(ready: Task, running: Task): boolean;
  /** Where greater than 0: `tick` wants to be called every this many ticks. */
  readonly period: number;
  /** The period is over. The tasks that run now are handed back, in order of cores; the policy puts all of them into its queues. */
  tick(running: readonly Task[], now: number): void;
}

/** What most policies have in common: nothing happens at a tick, nobody preempts, nothing is remembered. */
export abstract class BasePolicy implements Policy {
  abstract readonly name: string;
  abstract readonly length: number;
  readonly period: number = 0;
  abstract enqueue(task: Task, reason: ReadyReason, now: number): void;
  abstract dequeue(task: Task): void;
  abstract pick(core: number, now: number): Task | null;

  slice(_task: Task, _now: number): number {
    return Number.POSITIVE_INFINITY;
  }
  ran(_task: Task, _ticks: number, _now: number): void {}
  blocked(_task: Task): void {}
  ended(_task: Task): void {}
  preempts(_ready: Task, _running: Task): boolean {
    return false;
  }
  tick(running: readonly Task[], now: number): void {
    for (const task of running) this.enqueue(task, 'preempted', now);
  }
}

/** May the task run on this core? */
export function mayRunOn(task: Task, core: number): boolean {
  return task.affinity < 0 || task.affinity === core;
}
