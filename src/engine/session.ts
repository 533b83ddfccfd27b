/**
 * The one door to the engine: compile a source, run a program, explore and replay its schedules. Everything else in `src/engine` is reached
 * through here. No DOM, no Node, no global state.
 */
import { type ExplorationRun, type ExploreOptions, exploreProgram } from './explorer/explore.ts';
import { type Position, positionAfter } from './explorer/play.ts';
import { Replay, STEP_NANOSECONDS } from './explorer/replay.ts';
import { insideOf } from './kernel/inside.ts';
import type { Process } from './kernel/process.ts';
import { settingsFrom } from './kernel/settings.ts';
import { summarise, traceOf } from './kernel/summary.ts';
import { System } from './kernel/system.ts';
import type { Thread } from './kernel/thread.ts';
import { type CompileOptions, compile as compileFor, type Program } from './language/index.ts';
import { createLibrary } from './library/index.ts';
import type { OutputLine, Report, RunOptions } from './report.ts';
import type { Inside } from './trace/inside.ts';
import type { Trace } from './trace/trace.ts';

/** The names a program can import: found out at the first compile, for a page that only runs must not wait for them. */
let names: readonly string[] | null = null;

/** Compile a program that imports `interleave`. Throws CompileError (line and column 1-based) where it is not one. */
export function compile(source: string, options: CompileOptions = {}): Program {
  names ??= Object.keys(createLibrary().module);
  return compileFor(source, { exports: names, ...options });
}

/** A run under way. `advance` in small portions keeps the caller responsive; the result does not depend on the portions. */
export interface Run {
  /** Run for about `steps` steps (accesses, calls, loop turns). True when the run has ended. */
  advance(steps: number): boolean;
  /** End the run now; the report keeps what was done and says it was stopped. */
  stop(): void;
  /** Lines printed so far; grows. */
  readonly output: readonly OutputLine[];
  /** What runs, where that is another compilation of the program than the one given: the sites of the trace are its own. */
  readonly program?: Program;
  /** The processes as the kernel knows them, and the thread in the middle of whose code the run stands; null where it stands between two steps. */
  readonly processes: readonly Process[];
  readonly inCode?: Thread | null;
  /** Call `tell` in the middle of the run, just after so many events of the trace, with the site of the last. A replay stands still at every step and has no need of it. */
  tellAt?(events: number, tell: (site: number) => void): void;
  /** What happened so far (final once `advance` has returned true). */
  report(): Report;
  trace(): Trace;
}

/**
 * Switch a machine on and load the program into its first process.
 * @throws RangeError where the machine asked for makes no sense.
 */
export function start(program: Program, options: RunOptions = {}): Run {
  const { limits = {}, ...machine } = options;
  const system = new System(program, createLibrary(), settingsFrom(machine, program.machine), limits);
  return {
    advance: (steps) => system.advance(steps),
    stop: () => system.end('stopped'),
    output: system.output,
    processes: system.processes,
    get inCode() {
      return system.inCode;
    },
    tellAt: (events, tell) => system.trace.tellAt(events, tell),
    report: () => summarise(system),
    trace: () => traceOf(system),
  };
}

/** Stacks, event loops, and (in a program compiled with `locals`) fibers, as they are now. */
export const look = ({ processes, inCode }: Run, site = -1): Inside => insideOf(processes, inCode, site);

/** Search the program's schedules for those that fail. Nothing runs until `advance`. */
export function explore(program: Program, options: ExploreOptions = {}): ExplorationRun {
  return exploreProgram(program, createLibrary(), options);
}

/**
 * Run the program by a schedule that `explore` found, a step at a time. Of the options the limit of virtual time counts.
 * @throws ScheduleError where the text is no schedule; `advance` throws ReplayError where it does not fit the program.
 */
export function replay(program: Program, schedule: string, { limits = {} }: RunOptions = {}): Run {
  const { time = Number.POSITIVE_INFINITY } = limits;
  return new Replay(program, createLibrary(), schedule, time / STEP_NANOSECONDS);
}

/**
 * Where the program stands when somebody decides every step: what can happen next, and what happened so far.
 * @throws ReplayError where a step cannot be made.
 */
export function play(program: Program, steps: readonly number[], seed?: number): Position {
  return positionAfter(program, createLibrary(), steps, seed);
}
