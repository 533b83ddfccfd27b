import { areDependent, Step } from '../dependence.ts';
import type { EventLog } from '../event-log.ts';
import { Access, type Execution, NONE, type Operation } from '../model.ts';
import { StepSequence } from '../step-sequence.ts';
import { insert, type WakeupNode } from '../wakeup-tree.ts';
import { type Ending, type Frontier, fractionOf } from './frontier.ts';

/** Steps in a row after which, left to itself, the search lets another process go on: a thread without an end must not keep the others out. */
const LONGEST_STREAK = 500;

/**
 * Of an execution that was cut off as endless, races are reversed among so many of its first steps. The search is not complete then anyway, and plans for all of its steps would take more time and memory
 * than they are worth.
 */
const MOST_REVERSED_OF_ENDLESS = 1_200;

/** No step asleep, no branch: what most states have. Never changed. */
const NO_STEPS: Step[] = [];
const NO_BRANCHES: WakeupNode[] = [];

/**
 * Optimal dynamic partial-order reduction with source sets and wakeup trees (Abdulla, Aronis, Jonsson and Sagonas, POPL 2014; blocking
 * operations as in their "Source sets", JACM 2017): exactly one complete execution for each Mazurkiewicz trace.
 *
 * At each depth it holds a sleep set (steps whose continuations are all explored already) and the branches still to take. At the end of an
 * execution every race in it is turned into the shortest sequence that reverses it, and that sequence is added where the race began,
 * unless something there covers it.
 */
export class DporFrontier implements Frontier {
  shared = 0;
  /** Executions in which every process was asleep: zero, if the reduction is optimal. */
  redundant = 0;
  private readonly log: EventLog;
  /** Of the state before each event. */
  private readonly sleeping: Step[][] = [NO_STEPS];
  private readonly branches: WakeupNode[][] = [NO_BRANCHES];
  /** Branches taken to their end in the state before each event. */
  private readonly taken: number[] = [0];
  /** What the step under way has to be followed by. */
  private following: WakeupNode[] = NO_BRANCHES;
  private readonly steps: (Step | null)[] = [];
  private readonly sequence = new StepSequence();
  private last = -1;
  /** Steps in a row that the last process has made. */
  private streak = 0;

  constructor(log: EventLog) {
    this.log = log;
  }

  choose(enabled: Int32Array, count: number): number {
    const depth = this.log.length;
    const branches = this.branches[depth] as WakeupNode[];
    if (branches.length > 0) {
      const branch = branches.shift() as WakeupNode;
      this.following = branch.isLeaf ? NO_BRANCHES : branch.children;
      return branch.step.process;
    }
    this.following = NO_BRANCHES;
    const sleeping = this.sleeping[depth] as Step[];
    const mustTurn = this.streak >= LONGEST_STREAK;
    let first = -1;
    for (let i = 0; i < count; i++) {
      const process = enabled[i] as number;
      if (sleeping.length > 0 && sleeps(sleeping, process)) continue;
      if (process === this.last && !mustTurn) return process;
      const isNext = mustTurn && process > this.last && first <= this.last;
      if (first < 0 || isNext) first = process;
    }
    return first;
  }

  stepped(): void {
    const depth = this.log.length;
    this.steps[depth - 1] = null;
    const process = this.log.process[depth - 1] as number;
    this.streak = process === this.last ? this.streak + 1 : 1;
    this.last = process;
    const sleeping = this.sleeping[depth - 1] as Step[];
    this.sleeping[depth] =
      sleeping.length > 0 ? this.stillAsleep(sleeping, this.stepAt(depth - 1)) : NO_STEPS;
    this.branches[depth] = this.following;
    this.taken[depth] = 0;
  }

  fraction(): number {
    const { taken, branches, shared } = this;
    return fractionOf(
      shared,
      (depth) => taken[depth] as number,
      (depth) => (branches[depth] as WakeupNode[]).length,
    );
  }

  end(ending: Ending, execution: Execution, enabled: Int32Array, count: number): boolean {
    if (ending === 'abandoned') this.redundant++;
    else if (ending === 'bound') this.reverseRacesUpTo(Math.min(this.log.length, MOST_REVERSED_OF_ENDLESS));
    else this.reverseRaces(execution, ending === 'halted', enabled, count);
    return this.backtrack(ending === 'abandoned');
  }

  private stillAsleep(sleeping: Step[], taken: Step): Step[] {
    let left = NO_STEPS;
    for (let i = 0; i < sleeping.length; i++) {
      const step = sleeping[i] as Step;
      if (areDependent(step, taken)) continue;
      if (left === NO_STEPS) left = [];
      left.push(step);
    }
    return left;
  }

  /** To the deepest state with a branch left; what was taken there goes to sleep. */
  private backtrack(wasAbandoned: boolean): boolean {
    const end = this.log.length;
    if (wasAbandoned && (this.branches[end]?.length ?? 0) > 0) {
      this.resumeAt(end);
      return true;
    }
    for (let depth = this.log.length - 1; depth >= 0; depth--) {
      if ((this.branches[depth] as WakeupNode[]).length === 0) continue;
      if (this.sleeping[depth] === NO_STEPS) this.sleeping[depth] = [];
      (this.sleeping[depth] as Step[]).push(this.stepAt(depth));
      this.taken[depth] = (this.taken[depth] as number) + 1;
      this.resumeAt(depth);
      return true;
    }
    return false;
  }

  private resumeAt(depth: number): void {
    this.shared = depth;
    this.streak = 0;
    this.last = depth > 0 ? (this.log.process[depth - 1] as number) : -1;
  }

  private stepAt(event: number): Step {
    const known = this.steps[event];
    if (known) return known;
    const { log } = this;
    const step = new Step(
      log.process[event] as number,
      log.operation[event] as Operation,
      log.wrote[event] === 1,
      log.touched[event] as readonly number[],
      log.halts[event] === 1,
    );
    this.steps[event] = step;
    return step;
  }

  private reverseRaces(execution: Execution, halted: boolean, enabled: Int32Array, count: number): void {
    this.reverseRacesUpTo(this.log.length);
    this.reverseRacesOfPending(execution);
    if (halted) this.reverseHalt(execution, enabled, count);
  }

  /** Reverse the races among the events before this one. */
  private reverseRacesUpTo(limit: number): void {
    const { log } = this;
    for (let event = this.shared; event < limit; event++) {
      const end = log.raceStart[event + 1] as number;
      for (let race = log.raceStart[event] as number; race < end; race++) {
        const earlier = log.races[race] as number;
        this.reverse(earlier, this.movedBefore(earlier, this.stepAt(event)), limit);
      }
    }
  }

  /** Operations that stayed blocked to the end race too. */
  private reverseRacesOfPending(execution: Execution): void {
    for (let process = 0; process < execution.size; process++) {
      const operation = execution.pending(process);
      if (!operation?.blocks || execution.isEnabled(process)) continue;
      for (const earlier of this.log.pendingRaces(process, operation, execution.causes(process)))
        this.reverse(earlier, new Step(process, operation, true, operation.looks ?? NONE, false));
    }
  }

  /** Whatever else could have gone on, had the last step not ended everything. */
  private reverseHalt(execution: Execution, enabled: Int32Array, count: number): void {
    const last = this.log.length - 1;
    for (let i = 0; i < count; i++) {
      const process = enabled[i] as number;
      const operation = execution.pending(process);
      if (process === this.log.process[last] || !operation) continue;
      const wrote =
        operation.access === Access.Conditional
          ? operation.possible(execution.state(process))
          : operation.access === Access.Write;
      this.reverse(last, this.movedBefore(last, new Step(process, operation, wrote, NONE, false)));
    }
  }

  /**
   * The step as it will turn out in front of event `earlier`, as far as that is certain. It has to be exact where a conditional operation is
   * concerned: taken for a write, a failed `tryLock` would seem to depend on others.
   */
  private movedBefore(earlier: number, step: Step): Step {
    const other = this.stepAt(earlier);
    const { operation } = step;
    const wrote = operation.access === Access.Conditional ? this.succeedsBefore(earlier, step) : step.wrote;
    if (wrote === step.wrote && !step.halts) return step;
    const { process, touched } = step;
    const halts =
      step.halts && !areDependent(new Step(process, operation, step.wrote, touched, false), other);
    return new Step(process, operation, wrote, touched, halts);
  }

  private succeedsBefore(earlier: number, { operation, wrote }: Step): boolean {
    const { object, also } = this.log.operation[earlier] as Operation;
    if (object === operation.object) return operation.possible(this.log.before[earlier]);
    return also === operation.object ? operation.possible(this.log.beforeAlso[earlier]) : wrote;
  }

  /** Plan, in the state before event `earlier`, everything that does not depend on it, and then `step`. */
  private reverse(earlier: number, step: Step, limit = this.log.length): void {
    const { log } = this;
    const { clocks, stride } = log;
    const process = log.process[earlier] as number;
    const sequence = log.sequence[earlier] as number;
    const { sequence: steps, steps: known } = this;
    steps.clear();
    for (let event = earlier + 1; event < limit; event++)
      if ((clocks[event * stride + process] as number) < sequence)
        steps.push(known[event] ?? this.stepAt(event));
    steps.push(step);
    const sleeping = this.sleeping[earlier] as Step[];
    for (let i = 0; i < sleeping.length; i++) if (steps.canBeginWith(sleeping[i] as Step)) return;
    if (this.branches[earlier] === NO_BRANCHES) this.branches[earlier] = [];
    insert(this.branches[earlier] as WakeupNode[], steps);
  }
}

function sleeps(sleeping: readonly Step[], process: number): boolean {
  for (let i = 0; i < sleeping.length; i++) if ((sleeping[i] as Step).process === process) return true;
  return false;
}
