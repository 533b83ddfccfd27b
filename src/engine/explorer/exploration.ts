import { DataRaces, type RacingPair } from './data-races.ts';
import type { EventLog } from './event-log.ts';
import { AllFrontier } from './frontier/all.ts';
import { DporFrontier } from './frontier/dpor.ts';
import type { Ending, Frontier } from './frontier/frontier.ts';
import { PctFrontier } from './frontier/pct.ts';
import { RandomFrontier } from './frontier/random.ts';
import { InterleavingCounter } from './interleaving-counter.ts';
import { countPreemptions, type Minimal, minimise, takeTurns } from './minimise.ts';
import type { Operation } from './model.ts';
import { type OutcomeFound, Outcomes } from './outcomes.ts';
import type { Round } from './rounds.ts';
import { Search } from './search.ts';
import type { FailureKind, Subject } from './subject.ts';
import { countInterleavings } from './trace-order.ts';

/** Which schedules are run: see the files in `frontier/`. */
export type Strategy = 'dpor' | 'all' | 'random' | 'pct';

/** How to explore. */
export interface ExplorationOptions {
  readonly strategy: Strategy;
  /** At most so many preemptions; with `dpor`, only the classes that have a schedule with so few are counted. */
  readonly preemptions?: number;
  /** Executions after which the search stops. */
  readonly max: number;
  readonly seed: number;
  /** Steps after which an execution counts as endless. */
  readonly steps: number;
  /** Steps of all executions together after which the search stops; `MOST_STEPS` where left out. */
  readonly work?: number;
}

/** One thing that can go wrong, by the schedule with the fewest preemptions found so far, then the fewest steps. */
export interface FailureFound {
  readonly kind: FailureKind;
  readonly message: string;
  executions: number;
  schedule: Minimal;
  /** It goes round for ever; the schedule ends where the first round does. */
  readonly isRound: boolean;
}

/** How an execution failed: in which step, or `AT_ONCE`, `AT_THE_END`. */
interface Failing {
  readonly kind: FailureKind;
  readonly message: string;
  readonly step: number;
  readonly round?: Round;
}

/** One access of a data race. */
export interface RacingStep {
  readonly process: number;
  readonly operation: Operation;
}

/** Two accesses that race, in one execution that shows it. */
export interface RaceFound {
  readonly first: RacingStep;
  readonly second: RacingStep;
  readonly choices: readonly number[];
}

/**
 * Steps of all executions together after which a search stops by itself: some seconds. What a subject can do at less cost counts for less
 * (`Subject.work`).
 */
export const MOST_STEPS = 8_000_000;
/** An estimate has not settled before so many executions, nor while it is more than so many times what it was when there were a quarter as many. */
const FEWEST_FOR_ESTIMATE = 16;
const MOST_GROWTH = 2;
/** What counting interleavings may cost in a whole exploration, and cuts it may walk in one execution whose count is no exact double. */
const COUNTING_BUDGET = 12_000_000;
const COUNTING_BUDGET_EACH = 200_000;
/** Steps that show a failure: none is needed, or all are. */
const AT_ONCE = -1;
const AT_THE_END = -2;
/** Steps of an execution whose preemptions are counted. */
const LONGEST_COUNTED = 10_000;
/** Steps of an execution that is put into an order of turns where the best order cannot be searched for. */
const LONGEST_TAKEN_IN_TURNS = 2_000;
const NO_RACES: readonly RacingPair[] = [];
/** Endless executions in which a proof is looked for that they have no end. */
const MOST_ROUNDS_TRIED = 5;
/** How often a failure known already is tried for a shorter schedule with as few preemptions; and for fewer of them. */
const SHORTEN_TRIES = 300;
const MINIMISE_TRIES = 100_000;

/**
 * A search under way, and what it has found. Whatever is kept is kept once for each distinct finding, so memory does not grow with the executions.
 */
export class Exploration {
  /** Complete executions so far. */
  executions = 0;
  /** No schedule is left, up to equivalence. */
  complete = false;
  /** Executions that passed the bound on steps. */
  endless = 0;
  /** What everybody was about to do when the first of them was cut off. */
  cutOff: readonly RacingStep[] = [];
  private readonly ends: Outcomes;
  readonly failures = new Map<string, FailureFound>();
  readonly races = new Map<string | number, RaceFound>();
  readonly subject: Subject;
  readonly options: ExplorationOptions;
  private search!: Search;
  private dataRaces!: DataRaces;
  private counter!: InterleavingCounter;
  private interleavings: bigint | null = 0n;
  /** Interleavings not yet added to `interleavings`: adding doubles is quicker. */
  private counted = 0;
  private tries = 0;
  private roundsTried = 0;
  private stepsLeft: number;
  /** Work of the subject that has been taken off that. */
  private charged: number;
  private ended = false;
  /** The bound on preemptions cut something off. */
  private isCut = false;
  /** The latest estimate noted, the two before it, and after how many executions. */
  private readonly guesses = { at: 1, last: 0, before: 0, earlier: 0 };

  constructor(subject: Subject, options: ExplorationOptions) {
    this.subject = subject;
    this.options = options;
    this.ends = new Outcomes(subject, () => this.asItRan(-1));
    this.stepsLeft = options.work ?? MOST_STEPS;
    this.charged = subject.work ?? 0;
    this.begin();
  }

  private begin(): void {
    const { subject, options } = this;
    this.search = new Search(subject, (log) => frontierOf(options, log), options.steps);
    this.dataRaces = new DataRaces(this.search.log, (first, second) => this.isNews(first, second));
    this.counter = new InterleavingCounter(this.search.log);
    this.counted = 0;
    this.executions = this.endless = 0;
    this.isCut = false;
    this.roundsTried = 0;
    Object.assign(this.guesses, { at: 1, last: 0, before: 0, earlier: 0 });
    for (const findings of [this.ends, this.failures, this.races]) findings.clear();
    this.interleavings = options.strategy === 'random' || options.strategy === 'pct' ? null : 0n;
  }

  /** Run about `executions` more. True when the search is over. */
  advance(executions: number): boolean {
    for (let i = 0; i < executions && !this.ended; i++) {
      if (this.executions >= this.options.max) this.ended = true;
      else this.once();
    }
    return this.ended;
  }

  /** Every distinct output. */
  get outcomes(): ReadonlyMap<string, OutcomeFound> {
    return this.ends.found;
  }

  /** How many schedules the program has in all; null where that is not known. */
  get schedules(): bigint | null {
    return this.complete && this.interleavings !== null ? this.interleavings + BigInt(this.counted) : null;
  }

  /**
   * How many executions the search will take in all, by a rough estimate from the part of its tree that lies behind; null where that cannot be told. Too few, as long as many of the tree's
   * branches are still to be found (`isSettled`).
   */
  get estimate(): number | null {
    if (this.complete) return this.executions;
    if (this.executions === 0) return null;
    const fraction = this.search.frontier.fraction?.() ?? 0;
    return fraction > 0 ? Math.max(this.executions, Math.round(this.executions / fraction)) : null;
  }

  /** The estimate has stopped growing. */
  get isSettled(): boolean {
    const { at, earlier } = this.guesses;
    return at >= FEWEST_FOR_ESTIMATE && earlier * MOST_GROWTH >= (this.estimate ?? 0);
  }

  /** The estimate is noted whenever the number of executions has doubled: it means something once it stays the same. */
  private noteGuess(): void {
    const { guesses, executions } = this;
    if (executions < guesses.at * 2) return;
    guesses.at = executions;
    guesses.earlier = guesses.before;
    guesses.before = guesses.last;
    guesses.last = this.estimate ?? 0;
  }

  /** The search has met its bound on the steps of all executions together. */
  get isOutOfSteps(): boolean {
    return this.stepsLeft < 0;
  }

  /** Executions the reduction should have spared: none, for it is optimal. */
  get redundant(): number {
    const { frontier } = this.search;
    return frontier instanceof DporFrontier ? frontier.redundant : 0;
  }

  private once(): void {
    const { search } = this;
    const { shared } = search.frontier;
    const ending = search.next();
    if (this.subject.takeStale()) {
      this.begin();
      return;
    }
    if (ending === null) {
      this.ended = true;
      this.complete = this.isComplete();
      return;
    }
    this.charge(search.log.length);
    if (ending !== 'abandoned') this.record(ending, shared);
    search.advance();
    this.noteGuess();
    if (this.stepsLeft < 0) this.ended = true;
  }

  private charge(steps: number): void {
    const { work } = this.subject;
    this.stepsLeft -= work === undefined ? steps : work - this.charged;
    this.charged = work ?? 0;
  }

  private isComplete(): boolean {
    const { frontier } = this.search;
    return this.endless === 0 && !this.isCut && !(frontier instanceof AllFrontier && frontier.cut);
  }

  private record(ending: Ending, shared: number): void {
    const { log } = this.search;
    if (this.isBeyondBound()) {
      this.isCut = true;
      return;
    }
    this.executions++;
    if (ending === 'bound') this.noteEndless();
    const failure = this.failureOf(ending);
    if (failure) this.recordFailure(failure);
    this.ends.record(ending, failure?.kind ?? null);
    for (const pair of this.dataRaces.find(shared) ?? NO_RACES) this.recordRace(pair);
    this.count(log, shared);
  }

  private noteEndless(): void {
    if (this.endless++ > 0) return;
    const { subject } = this;
    this.cutOff = Array.from({ length: subject.size }, (_, process) => process)
      .filter((process) => subject.isEnabled(process))
      .map((process) => ({ process, operation: subject.pending(process) as Operation }));
  }

  /** With a bound on preemptions, `dpor` still walks every class and counts those that have a schedule within it. */
  private isBeyondBound(): boolean {
    const { strategy, preemptions } = this.options;
    if (strategy !== 'dpor' || preemptions === undefined) return false;
    return minimise(this.search.log, this.subject, { below: preemptions + 1 }) === null;
  }

  private failureOf(ending: Ending): Failing | null {
    const { failure } = this.subject;
    if (failure) return failure;
    if (ending === 'deadlock') return { ...this.subject.describeDeadlock(), step: AT_THE_END };
    return ending === 'bound' ? this.findRound() : null;
  }

  /** An execution that was cut off has no end where it comes round to what it was; else it may only be long. */
  private findRound(): Failing | null {
    const { log } = this.search;
    if (this.roundsTried >= MOST_ROUNDS_TRIED || !this.wasFair()) return null;
    this.roundsTried++;
    const round = this.subject.findRound?.([...log.process.subarray(0, log.length)]);
    if (!round) return null;
    this.roundsTried = MOST_ROUNDS_TRIED;
    const message = `It can go on for ever: after ${counted(round.choices.length)} everything is as it was ${counted(round.length)} before, and everybody who can run has run in between.`;
    return { kind: 'livelock', message, step: AT_THE_END, round };
  }

  /** Has everybody who could run run lately? If not, the execution is endless only because somebody never got a turn. */
  private wasFair(): boolean {
    const { log } = this.search;
    for (let process = 0; process < this.subject.size; process++) {
      const last = process < log.stride ? (log.lastOfProcess[process] as number) : -1;
      if (this.subject.isEnabled(process) && last < log.length / 2) return false;
    }
    return true;
  }

  private recordFailure({ kind, message, step, round }: Failing): void {
    const key = `${kind} ${message}`;
    const known = this.failures.get(key);
    if (!known) {
      this.failures.set(key, {
        kind,
        message,
        executions: 1,
        schedule: round ?? this.minimal(step, Number.POSITIVE_INFINITY),
        isRound: round !== undefined,
      });
      return;
    }
    known.executions++;
    const { preemptions, choices } = known.schedule;
    if (choices.length === 0) return;
    const isShortening = this.tries++ < SHORTEN_TRIES;
    if (this.tries > MINIMISE_TRIES || (!isShortening && preemptions === 0)) return;
    const below = isShortening ? preemptions + 1 : preemptions;
    const better = minimise(this.search.log, this.subject, { until: step, below });
    if (better && (better.preemptions < preemptions || better.choices.length < choices.length))
      known.schedule = better;
  }

  /** The schedule of this execution with the fewest preemptions, or as it ran where finding that is too much. */
  private minimal(until: number, below: number): Minimal {
    const { log } = this.search;
    if (until === AT_ONCE) return { choices: [], preemptions: 0 };
    const best = minimise(log, this.subject, { until, below });
    if (best !== null || log.length > LONGEST_TAKEN_IN_TURNS) return best ?? this.asItRan(until);
    const ran = this.asItRan(until);
    const turns = takeTurns(log, this.subject, until);
    return turns.preemptions <= ran.preemptions ? turns : ran;
  }

  private asItRan(until: number): Minimal {
    const { log } = this.search;
    const length = until < 0 ? log.length : until + 1;
    const preemptions = length > LONGEST_COUNTED ? 0 : countPreemptions(log, this.subject);
    return { choices: [...log.process.subarray(0, length)], preemptions };
  }

  /** Would a race of these two events be one of two threads that is not known yet? */
  private isNews(first: number, second: number): boolean {
    const { subject } = this;
    const { process, operation } = this.search.log;
    if (subject.threadOf(process[first] as number) === subject.threadOf(process[second] as number))
      return false;
    if (this.races.size === 0) return true;
    return !this.races.has(subject.raceKey(operation[first] as Operation, operation[second] as Operation));
  }

  private recordRace(pair: RacingPair): void {
    const { log } = this.search;
    const [a, b] = [log.operation[pair.first] as Operation, log.operation[pair.second] as Operation];
    const key = this.subject.raceKey(a, b);
    if (this.races.has(key)) return;
    const first = this.stepOf(pair.first);
    const second = this.stepOf(pair.second);
    this.races.set(key, { first, second, choices: [...log.process.subarray(0, pair.second + 1)] });
  }

  private stepOf(event: number): RacingStep {
    const { log } = this.search;
    return { process: log.process[event] as number, operation: log.operation[event] as Operation };
  }

  private count(log: EventLog, shared: number): void {
    if (this.interleavings === null) return;
    if (this.options.strategy === 'all') this.counted++;
    else if (this.options.preemptions !== undefined || this.counter.cost > COUNTING_BUDGET)
      this.interleavings = null;
    else this.add(this.counter.count(shared) ?? countInterleavings(log, COUNTING_BUDGET_EACH)?.count ?? null);
  }

  private add(orders: number | bigint | null): void {
    if (orders === null) this.interleavings = null;
    else if (typeof orders === 'number' && this.counted + orders < Number.MAX_SAFE_INTEGER)
      this.counted += orders;
    else this.interleavings = (this.interleavings as bigint) + BigInt(orders);
  }
}

const counted = (steps: number): string => `${steps.toLocaleString('en')} ${steps === 1 ? 'step' : 'steps'}`;

function frontierOf({ strategy, preemptions, seed }: ExplorationOptions, log: EventLog): Frontier {
  switch (strategy) {
    case 'dpor':
      return new DporFrontier(log);
    case 'all':
      return new AllFrontier(log, preemptions);
    case 'random':
      return new RandomFrontier(seed);
    case 'pct':
      return new PctFrontier(log, seed, preemptions);
  }
}
