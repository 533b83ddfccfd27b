import type { EventLog } from '../event-log.ts';
import type { Execution } from '../model.ts';

/** How one execution ended. */
export type Ending =
  /** Every thread ended. */
  | 'finished'
  /** Nothing can go on, something should. */
  | 'deadlock'
  /** A step ended it: a failed assertion, a fault. */
  | 'halted'
  /** It passed the bound on steps. */
  | 'bound'
  /** The frontier gave it up as redundant or out of bounds. */
  | 'abandoned';

/**
 * Which schedules are run, in which order: the one thing strategies differ in. `path` is what the next execution has in common with the one
 * before and is replayed blindly; from there on `choose` is asked before each step.
 */
export interface Frontier {
  /** Steps of the log that the next execution repeats. */
  readonly shared: number;
  /**
   * Whose step is next? `enabled[0] … enabled[count - 1]` are the processes that can go on (at least one), in ascending order.
   * -1 abandons the execution.
   */
  choose(enabled: Int32Array, count: number): number;
  /** The step just chosen has been recorded as the last event of the log. */
  stepped(): void;
  /**
   * The execution is over; `enabled` is what could go on before its last step. False: nothing is left to run.
   */
  end(ending: Ending, execution: Execution, enabled: Int32Array, count: number): boolean;
  /**
   * Which part of the search tree lies behind, from 0 to 1, as far as its branches are known now: each branch of a state counts the same, and each part of a branch
   * in turn (the weighted backtrack estimator of Kilby, Slaney, Thiébaux and Walsh, AAAI 2006, after Knuth 1975). Undefined where the search has no tree. To be asked between executions.
   */
  fraction?(): number;
}

/** Adds up the part of a search tree behind a search that stands at depth `end`: at each depth `done` branches of `done + left` are behind, one is under way. */
export function fractionOf(
  end: number,
  done: (depth: number) => number,
  left: (depth: number) => number,
): number {
  let weight = 1;
  let fraction = 0;
  for (let depth = 0; depth < end; depth++) {
    const branches = done(depth) + 1 + left(depth);
    fraction += (weight * done(depth)) / branches;
    weight /= branches;
  }
  return fraction + (weight * done(end)) / (done(end) + left(end));
}

/** Makes a frontier over the log that the search fills. */
export type FrontierFactory = (log: EventLog) => Frontier;
