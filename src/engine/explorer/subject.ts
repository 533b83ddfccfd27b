import type { Execution, Operation } from './model.ts';
import type { Round } from './rounds.ts';

/** What can be wrong with an execution. */
export type FailureKind = 'assertion' | 'deadlock' | 'uncaught' | 'fault' | 'race' | 'livelock';

/** The first thing that went wrong in an execution. The thread it happened to is over; the others go on, so that the search stays exact. */
export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  /** The step (numbered from 0) that showed it. */
  readonly step: number;
}

/** Nothing can go on. */
export interface Stuck {
  readonly kind: 'deadlock' | 'livelock';
  readonly message: string;
}

/** An execution of a program that prints and can fail: what an exploration reports on. */
export interface Subject extends Execution {
  readonly failure: Failure | null;
  /** What counts as a step has changed since the last call: what was found until now has to be found again. */
  takeStale(): boolean;
  /** What all executions have cost so far, in steps of the program; where it is missing, every step of every execution counts. */
  readonly work?: number;
  /** Lines printed so far (up to the failure, where there was one). */
  readonly stdout: readonly string[];
  /** A number that stands for `stdout` and for nothing else; missing, or below zero, where there is none. */
  readonly outputNumber?: number;
  /** Why nothing can go on, in words. Asked only where that is so. */
  describeDeadlock(): Stuck;
  /** A proof that the execution with these choices, which was cut off, has no end; null where none was found. */
  findRound?(choices: readonly number[]): Round | null;
  /** A name for the pair of accesses, the same for every race between these two places. */
  raceKey(first: Operation, second: Operation): string | number;
  /** The thread a process belongs to (a store buffer acts for its thread). */
  threadOf(process: number): number;
}
