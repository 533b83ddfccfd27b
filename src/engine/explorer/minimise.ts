import type { EventLog } from './event-log.ts';
import type { Execution, Operation } from './model.ts';
import { TraceOrder } from './trace-order.ts';

/** A schedule and what it costs. */
export interface Minimal {
  readonly choices: number[];
  /** Switches away from a process that could have gone on. */
  readonly preemptions: number;
}

/** States looked at before `minimise` gives up. */
const DEFAULT_BUDGET = 200_000;

/**
 * The order of this execution's events with the fewest preemptions: a shortest-path search over (cut, process that moved last) in which
 * a preemption costs one. Null where there is none below `limit`, or the search passes its budget.
 */
export function minimise(log: EventLog, execution: Execution, goal: MinimiseGoal = {}): Minimal | null {
  return new Minimiser(log, execution).run(goal);
}

/** What is asked for. */
export interface MinimiseGoal {
  /** Event at which the schedule may end; the whole execution where left out. */
  readonly until?: number;
  /** The schedule must have fewer preemptions than this. */
  readonly below?: number;
  /** States to look at before giving up. */
  readonly budget?: number;
}

/** Preemptions in the execution as it ran. */
export function countPreemptions(log: EventLog, execution: Execution): number {
  return new Minimiser(log, execution).count(log.process.subarray(0, log.length).keys());
}

/** An order of what comes before event `until` (or of all, where that is below zero) with few preemptions, found without a search. */
export function takeTurns(log: EventLog, execution: Execution, until: number): Minimal {
  return new Minimiser(log, execution).inTurns(until);
}

interface Path {
  readonly cut: number;
  /** Index of the process that moved last, or -1. */
  readonly last: number;
  readonly length: number;
  readonly before: Path | null;
}

class Minimiser {
  private readonly log: EventLog;
  private readonly order: TraceOrder;
  private readonly execution: Execution;
  /** Events on each object, in order. */
  private readonly onObject = new Map<number, number[]>();

  constructor(log: EventLog, execution: Execution) {
    this.log = log;
    this.order = new TraceOrder(log);
    this.execution = execution;
    for (let event = 0; event < log.length; event++) {
      const { object } = log.operation[event] as Operation;
      if (object < 0) continue;
      const events = this.onObject.get(object);
      if (events) events.push(event);
      else this.onObject.set(object, [event]);
    }
  }

  /** Preemptions of an order of some of the events. */
  count(events: Iterable<number>): number {
    const { log, order } = this;
    const done: number[] = order.processes.map(() => 0);
    const has = (event: number) =>
      (done[order.indexOf(log.process[event] as number)] as number) >= (log.sequence[event] as number);
    let preemptions = 0;
    let last = -1;
    for (const event of events) {
      const index = order.indexOf(log.process[event] as number);
      if (last >= 0 && last !== index && this.couldGoOn(last, done[last] as number, has)) preemptions++;
      done[index] = (done[index] as number) + 1;
      last = index;
    }
    return preemptions;
  }

  /** An order with few preemptions where there are too many to find the best: each process goes on for as long as it has something to do for what is wanted. */
  inTurns(until: number): Minimal {
    const { log } = this;
    const left: number[] = [];
    for (let event = 0; event < log.length; event++)
      if (until < 0 || log.happensBefore(event, until)) left.push(event);
    const events: number[] = [];
    for (let last = -1; left.length > 0; ) {
      const own = left.findIndex((event) => log.process[event] === last && this.isFree(event, left));
      const [next] = left.splice(Math.max(own, 0), 1) as [number];
      last = log.process[next] as number;
      events.push(next);
    }
    const choices = events.map((event) => log.process[event] as number);
    return { choices, preemptions: this.count(events) };
  }

  /** Does nothing that is left come before the event? */
  private isFree(event: number, left: readonly number[]): boolean {
    for (const other of left) {
      if (other >= event) return true;
      if (this.log.happensBefore(other, event)) return false;
    }
    return true;
  }

  run({
    until = -1,
    below = Number.POSITIVE_INFINITY,
    budget = DEFAULT_BUDGET,
  }: MinimiseGoal): Minimal | null {
    const { order, log } = this;
    if (order.cuts * (order.processes.length + 1) > Number.MAX_SAFE_INTEGER) return null;
    const seen = new Set<number>();
    let level: Path[] = [{ cut: 0, last: -1, length: 0, before: null }];
    for (let preemptions = 0; preemptions < below && level.length > 0; preemptions++) {
      const dearer: Path[] = [];
      let best: Path | null = null;
      while (level.length > 0) {
        const path = level.pop() as Path;
        const key = path.cut * (order.processes.length + 1) + path.last + 1;
        if (seen.has(key)) continue;
        seen.add(key);
        const isThere = until < 0 ? path.length === log.length : order.contains(path.cut, until);
        if (isThere) best = best === null || path.length < best.length ? path : best;
        else this.extend(path, level, dearer);
        if (seen.size > budget) return best && { choices: this.choicesOf(best), preemptions };
      }
      if (best) return { choices: this.choicesOf(best), preemptions };
      level = dearer;
    }
    return null;
  }

  private extend(path: Path, level: Path[], dearer: Path[]): void {
    const { order } = this;
    const { cut, last } = path;
    const isPreempted =
      last >= 0 && this.couldGoOn(last, order.countIn(cut, last), (event) => order.contains(cut, event));
    for (let index = order.processes.length - 1; index >= 0; index--) {
      if (order.next(path.cut, index) < 0) continue;
      const longer: Path = {
        cut: order.advance(path.cut, index),
        last: index,
        length: path.length + 1,
        before: path,
      };
      (isPreempted && index !== path.last ? dearer : level).push(longer);
    }
  }

  private choicesOf(path: Path): number[] {
    const choices: number[] = [];
    for (let at: Path | null = path; at?.before; at = at.before)
      choices.push(this.order.processes[at.last] as number);
    return choices.reverse();
  }

  /** Was the process enabled after the events that `has` says have happened, `done` of them its own, whether or not this trace lets it move there? */
  private couldGoOn(index: number, done: number, has: (event: number) => boolean): boolean {
    const { order, log, execution } = this;
    const event = (order.events[index] as number[])[done];
    const process = order.processes[index] as number;
    if (event === undefined) {
      const operation = execution.pending(process);
      return operation !== null && this.isEnabledAfter(has, operation, execution.isEnabled(process));
    }
    for (const cause of log.causes[event] as readonly number[]) if (!has(cause)) return false;
    return this.isEnabledAfter(has, log.operation[event] as Operation, true);
  }

  private isEnabledAfter(has: (event: number) => boolean, operation: Operation, atTheEnd: boolean): boolean {
    if (!operation.blocks) return true;
    for (const event of this.onObject.get(operation.object) ?? [])
      if (!has(event)) return operation.possible(this.log.before[event]);
    return atTheEnd;
  }
}
