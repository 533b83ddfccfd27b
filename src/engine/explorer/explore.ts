import type { Library } from '../kernel/kernel.ts';
import { parse } from '../language/compiler/ast.ts';
import { compile, type Program } from '../language/index.ts';
import { AutomatonExecution } from './automaton/automaton-execution.ts';
import { boundsInWords } from './bounds.ts';
import { explain, type GuiltyPlace, type Waiting } from './explain.ts';
import { Exploration, type FailureFound, MOST_STEPS, type Strategy } from './exploration.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Operation } from './model.ts';
import type { OutcomeFound } from './outcomes.ts';
import { ProgramExecution } from './program-execution.ts';
import type { ProgramOperation } from './program-operation.ts';
import { type RecordedStep, record } from './recorder.ts';
import { DEFAULT_STEP_BOUND } from './search.ts';
import type { FailureKind } from './subject.ts';

/** How to explore a program. */
export interface ExploreOptions {
  /** `dpor` where left out. */
  readonly strategy?: Strategy;
  /** At most so many preemptions in a schedule. */
  readonly preemptions?: number;
  /** Executions after which the search stops. Where left out it also stops when all of them together have taken many steps. */
  readonly max?: number;
  /** Of the machine's chance, and of `random` and `pct`. */
  readonly seed?: number;
  /** A data race is a failure too. */
  readonly races?: boolean;
  /** Steps after which an execution counts as endless. */
  readonly steps?: number;
  /** `tso`: stores go through store buffers. What the program asks for where left out. */
  readonly memoryModel?: 'sc' | 'tso';
  /** Waits on a condition may end without a signal. What the program asks for where left out. */
  readonly spuriousWakeups?: boolean;
  /** Tells real milliseconds, for the report alone. */
  readonly clock?: () => number;
}

/** Where one of two racing accesses is. */
export interface RacingAccess {
  readonly tid: number;
  readonly line: number;
  readonly column: number;
  readonly write: boolean;
}

/** One thing that can go wrong, by the schedule that shows it best. */
export interface ExploredFailure {
  readonly kind: FailureKind;
  readonly message: string;
  readonly schedule: string;
  /** The fewest preemptions that show it. */
  readonly preemptions: number;
  readonly steps: readonly RecordedStep[];
  /** Why it fails: the value that was lost, the lock that was not held, the ring that was closed. */
  readonly why: string;
  /** The places to mark in the source: the two accesses that clash, or where threads wait. */
  readonly guilty: readonly GuiltyPlace[];
  /** The wait-for graph at the end, where threads are stuck. */
  readonly waiting: readonly Waiting[];
}

/** What `explore --json` prints. */
export interface ExplorationReport {
  readonly strategy: Strategy;
  /** Complete executions: with `dpor` one for each class of equivalent schedules. */
  readonly executions: number;
  /** Every schedule is covered, up to equivalence. */
  readonly complete: boolean;
  /** How many schedules there are in all, where known. */
  readonly interleavings: string | null;
  readonly outcomes: readonly {
    readonly stdout: readonly string[];
    readonly status: string;
    readonly executions: number;
    readonly schedule: string;
  }[];
  readonly failures: readonly ExploredFailure[];
  readonly races: readonly {
    readonly variable: string;
    readonly first: RacingAccess;
    readonly second: RacingAccess;
  }[];
  /** What was assumed, and every bound that cut the search, in words. */
  readonly bounds: readonly string[];
  /** How many executions the whole search takes, by a rough estimate where it is not over; null where that cannot be told. */
  readonly estimate: number | null;
  /** Where `dpor` met a bound without a failure: schedules that were then drawn by lot. */
  readonly fallback: { readonly strategy: 'pct'; readonly executions: number } | null;
  /** Real time, where a clock was given. */
  readonly seconds: number;
}

/** How far a search has come. */
export interface ExplorationProgress {
  readonly executions: number;
  /** Distinct outcomes, and distinct failures, so far. */
  readonly outcomes: number;
  readonly failures: number;
  /** How many executions there will be in all, by a rough estimate; null where that cannot be told. */
  readonly estimate: number | null;
}

/** A search under way. */
export interface ExplorationRun {
  /** Run about `executions` more. True when the search has ended. */
  advance(executions: number): boolean;
  /** End the search now and keep what was found. */
  stop(): void;
  /** Executions so far. */
  readonly executions: number;
  progress(): ExplorationProgress;
  result(): ExplorationReport;
}

/** Executions after which a search stops unless it is told otherwise. */
export const DEFAULT_MAX = { dpor: 1_000_000, all: 1_000_000, random: 10_000, pct: 10_000 } as const;
/** One schedule is drawn by lot for so many executions of a search that met its bound. */
const FALLBACK_SHARE = 10;
/** Schedules that one strategy's report spells out. */
const MOST_OUTCOMES = 1_000;

/** Search the schedules of a program. Nothing runs until `advance`. */
export function exploreProgram(
  program: Program,
  library: Library,
  options: ExploreOptions = {},
): ExplorationRun {
  return new ProgramExploration(program, library, options);
}

class ProgramExploration implements ExplorationRun {
  private readonly library: Library;
  private readonly options: ExploreOptions;
  private readonly strategy: Strategy;
  private readonly seed: number;
  private readonly isTso: boolean;
  /** The same program, which shows the values it loads and stores. */
  private readonly watched: Program;
  private readonly subject: ProgramExecution;
  /** The same, walked where it can be. */
  private readonly automaton: AutomatonExecution;
  private readonly exploration: Exploration;
  private readonly fingerprint: string;
  private readonly begun: number;
  private readonly max: number;
  private readonly steps: number;
  private readonly wakesSpuriously: boolean;
  private isStopped = false;
  /** Draws schedules by lot where the search has met its bound. */
  private fallback: Exploration | null = null;

  constructor(program: Program, library: Library, options: ExploreOptions) {
    this.library = library;
    this.options = options;
    const { strategy = 'dpor', preemptions, steps = DEFAULT_STEP_BOUND } = options;
    this.strategy = strategy;
    this.seed = options.seed ?? program.machine?.seed ?? 1;
    this.isTso = (options.memoryModel ?? program.machine?.memoryModel) === 'tso';
    const tree = parse(program.source);
    this.fingerprint = fingerprintOf(tree);
    this.watched = compile(program.source, { name: program.name, watched: true, tree });
    this.wakesSpuriously = options.spuriousWakeups ?? program.machine?.spuriousWakeups ?? false;
    const { seed, isTso, wakesSpuriously } = this;
    this.subject = new ProgramExecution(this.watched, library, {
      seed,
      isTso,
      wakesSpuriously,
    });
    this.max = options.max ?? DEFAULT_MAX[strategy];
    this.steps = steps;
    const bound = preemptions === undefined ? {} : { preemptions };
    // Whoever says how many executions there shall be gets them, however long they take.
    const work = options.max === undefined ? MOST_STEPS : Number.POSITIVE_INFINITY;
    this.automaton = new AutomatonExecution(this.subject);
    this.exploration = new Exploration(this.automaton, {
      strategy,
      max: this.max,
      seed,
      steps,
      work,
      ...bound,
    });
    this.begun = options.clock?.() ?? 0;
  }

  get executions(): number {
    return this.exploration.executions;
  }

  advance(executions: number): boolean {
    if (this.isStopped) return true;
    if (this.fallback) return this.fallback.advance(executions);
    if (!this.exploration.advance(executions)) return false;
    this.fallback = this.beginFallback();
    return this.fallback === null;
  }

  /** A search that met its bound and found nothing goes on by lot: that proves nothing, but may find a failure. */
  private beginFallback(): Exploration | null {
    const { exploration, strategy, seed, steps } = this;
    const isCut = !exploration.complete && exploration.endless === 0;
    if (
      strategy !== 'dpor' ||
      this.options.preemptions !== undefined ||
      !isCut ||
      exploration.failures.size > 0
    )
      return null;
    const max = Math.ceil(this.max / FALLBACK_SHARE);
    return new Exploration(this.automaton, {
      strategy: 'pct',
      max,
      seed,
      steps,
      work: MOST_STEPS / FALLBACK_SHARE,
    });
  }

  progress(): ExplorationProgress {
    const { executions, outcomes, failures, estimate } = this.exploration;
    const found = failures.size + (this.fallback?.failures.size ?? 0);
    return { executions, outcomes: outcomes.size, failures: found, estimate };
  }

  stop(): void {
    this.isStopped = true;
  }

  result(): ExplorationReport {
    const { exploration, options } = this;
    const seconds = options.clock ? (options.clock() - this.begun) / 1000 : 0;
    const races = this.races();
    const { fallback, strategy, max, steps, isStopped, isTso, wakesSpuriously } = this;
    const { preemptions } = options;
    const limitsMemory = /\bmemoryLimit\b/.test(this.subject.program.source);
    const terms = { strategy, preemptions, max, steps, isStopped, isTso, wakesSpuriously, limitsMemory };
    const cutOff = exploration.cutOff.map(({ process, operation }) => this.placeOf(process, operation));
    const failures = [...exploration.failures.values(), ...(fallback?.failures.values() ?? [])];
    return {
      strategy: this.strategy,
      executions: exploration.executions,
      complete: exploration.complete,
      interleavings: exploration.schedules?.toString() ?? null,
      outcomes: [...exploration.outcomes.values()]
        .slice(0, MOST_OUTCOMES)
        .map((outcome) => this.outcome(outcome)),
      failures: [...failures.map((failure) => this.failure(failure)), ...this.raceFailures(races)],
      races: races.map(({ variable, first, second }) => ({ variable, first, second })),
      bounds: boundsInWords(exploration, terms, cutOff),
      estimate: exploration.estimate,
      fallback: fallback && { strategy: 'pct', executions: fallback.executions },
      seconds,
    };
  }

  /** Where a thread is, in words. */
  private placeOf(process: number, operation: Operation): string {
    const { line = 0 } = this.subject.program.sites[(operation as ProgramOperation).site] ?? {};
    return `thread ${this.subject.tidOf(process)} was on line ${line}`;
  }

  private record(choices: readonly number[]) {
    const { seed, isTso, wakesSpuriously } = this;
    return record(this.watched, this.library, this.subject, choices, {
      seed,
      isTso,
      wakesSpuriously,
      program: this.fingerprint,
    });
  }

  private outcome({
    stdout,
    status,
    executions,
    schedule,
  }: OutcomeFound): ExplorationReport['outcomes'][number] {
    return { stdout, status, executions, schedule: this.record(schedule.choices).schedule };
  }

  private failure({ kind, message, schedule, isRound }: FailureFound): ExploredFailure {
    const { preemptions, choices } = schedule;
    return this.card(kind, message, preemptions, choices, isRound);
  }

  private card(
    kind: FailureKind,
    message: string,
    preemptions: number,
    choices: readonly number[],
    isRound = false,
  ): ExploredFailure {
    const recording = this.record(choices);
    const { schedule, steps, waiting } = recording;
    const isStuck = kind === 'deadlock' || kind === 'livelock';
    const { why, guilty } = explain(kind, recording, preemptions, isRound);
    return {
      kind,
      message,
      schedule,
      preemptions,
      steps,
      why,
      guilty,
      waiting: isStuck ? waiting.filter(({ runsOn }) => !runsOn) : [],
    };
  }

  private races() {
    return [...this.exploration.races.values()].map(({ first, second, choices }) => {
      const a = this.access(first.process, first.operation as ProgramOperation);
      const b = this.access(second.process, second.operation as ProgramOperation);
      // A built-in that looks into objects knows no name for what it came to see.
      const named = [first, second].find(({ operation }) => !(operation as ProgramOperation).isCall) ?? first;
      const site = this.subject.program.sites[(named.operation as ProgramOperation).site];
      return { variable: (site?.name ?? '').replace(/^\./, ''), first: a, second: b, choices };
    });
  }

  private access(process: number, { site, kind }: ProgramOperation): RacingAccess {
    const { line = 0, column = 0 } = this.subject.program.sites[site] ?? {};
    return { tid: this.subject.tidOf(process), line, column, write: kind === 'store' };
  }

  private raceFailures(races: ReturnType<ProgramExploration['races']>): ExploredFailure[] {
    if (!this.options.races) return [];
    return races.map(({ variable, first, second, choices }) => {
      const message = `Data race on ${variable}: thread ${first.tid} ${verb(first)} it on line ${first.line} and thread ${second.tid} ${verb(second)} it on line ${second.line}, and nothing orders the two.`;
      return { ...this.card('race', message, 0, choices), why: message, guilty: [first, second] };
    });
  }
}

function verb({ write }: RacingAccess): string {
  return write ? 'stores to' : 'loads';
}
