/**
 * The engine as a page asks for it: plain data in, plain data out, and never a long silence. The page pulls: each call
 * works for a few milliseconds of real time and answers, so output cannot flood the page and Stop is just not asking
 * again. Nothing here reaches back into the page, so a program that took over its worker would find nothing to call.
 */
import type {
  ExplorationProgress,
  ExplorationReport,
  ExplorationRun,
  ExploreOptions,
} from './explorer/explore.ts';
import type { Position } from './explorer/play.ts';
import { CompileError, type Program } from './language/program.ts';
import type { OutputLine, Report, RunOptions } from './report.ts';
import type { Run } from './session.ts';
import type { Inside } from './trace/inside.ts';
import type { Trace } from './trace/trace.ts';

/** What the service needs of the engine. */
export interface Engine {
  compile(source: string, options: CodeOptions): Program;
  start(program: Program, options?: RunOptions): Run;
  explore(program: Program, options?: ExploreOptions): ExplorationRun;
  replay(program: Program, schedule: string, options?: RunOptions): Run;
  play(program: Program, steps: readonly number[], seed?: number): Position;
  /** Missing where only built programs run, which show nothing of this. */
  look?(run: Run, site?: number): Inside;
}

/** The answer to `play`. */
export type Played =
  | { readonly refused: Refusal }
  | { readonly refused: null; readonly map: SourceMap; readonly position: Omit<Position, 'sites'> };

/** How a text is compiled: its name, and whether values and variables are to be shown. */
export interface CodeOptions {
  readonly name: string;
  readonly watched?: boolean;
  readonly locals?: boolean;
}

/** What a page asks of a run. */
export interface Request extends RunOptions {
  /** Events after which event loops and fibers are to be looked at; missing: at the end. */
  readonly look?: number;
}

/** What a search did since it was last asked. */
export interface SearchProgress extends ExplorationProgress {
  /** Set once, when the search is over. */
  readonly result: ExplorationReport | null;
}

/** A program compiled ahead of time, or source text to compile first. */
export type Code = { readonly program: Program } | ({ readonly source: string } & CodeOptions);

/** The parts of a program that views need to point into the source: everything but the code. */
export type SourceMap = Omit<Program, 'code'>;

/** Where the source is wrong. Lines and columns are 1-based. */
export interface Refusal {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What a run did since it was last asked. */
export interface Progress {
  /** Lines printed since the last answer. */
  readonly lines: readonly OutputLine[];
  /** Set once, when the run is over. */
  readonly result: Result | null;
}

/** A finished run. What was answered before or stands in the trace is not sent again: `stdout` and `timeline` are empty. */
export interface Result {
  readonly report: Report;
  readonly trace: Trace;
  /** Event loops and fibers when they were to be looked at; missing where the program was not compiled to show them. */
  readonly inside?: Inside;
  /** Columns of a long trace that are empty there and have to be asked for, one by one: the page stands still for none of them. */
  readonly columns: readonly ColumnName[];
}

const columnNames = ['time', 'kind', 'core', 'tid', 'site', 'a', 'b'] as const;

/** One of the columns of a trace. */
export type ColumnName = (typeof columnNames)[number];

/** Events of a trace whose columns are asked for one by one. */
const longTrace = 50_000;

/** Lines in one answer at most: a page takes that many in within some milliseconds. */
export const mostLines = 2_000;

/** The answer to `start`. `map` is null where the program was sent and not compiled here: whoever sent it has it. */
export type Started =
  | { readonly refused: Refusal }
  | { readonly refused: null; readonly map: SourceMap | null; readonly progress: Progress };

/** Real milliseconds that one call may work before it answers: two frames. */
export const portionMilliseconds = 30;

const firstPortionSteps = 2_000;
const largestPortionSteps = 5_000_000;

/** Compile, unless that was done ahead of time. */
export function programOf(engine: Engine, code: Code): Program {
  return 'program' in code && code.program.format === 1
    ? code.program
    : engine.compile(
        'program' in code ? code.program.source : code.source,
        'program' in code ? code.program : code,
      );
}

/** One service runs one program at a time; starting another forgets the first. */
export class RunService {
  private readonly engine: Engine;
  private readonly clock: () => number;
  private run: Run | null = null;
  private search: ExplorationRun | null = null;
  private sent = 0;
  private isOver = false;
  private trace: Trace | null = null;
  /** What was seen when it was to be looked at. */
  private inside: Inside | null = null;
  private steps = firstPortionSteps;

  /** `clock` tells real milliseconds; it decides only how much work one answer holds, never what a program does. */
  constructor(engine: Engine, clock: () => number) {
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * Compile where needed, start, and work for the first portion. A schedule decides who runs, where one is given. What was
   * printed is answered without the result, even where the run is over: a reader waits for it.
   */
  start(code: Code, { look, ...options }: Request, schedule: string | null = null): Started {
    try {
      const program = programOf(this.engine, code);
      this.run =
        schedule === null
          ? this.engine.start(program, options)
          : this.engine.replay(program, schedule, options);
      this.inside = null;
      if (look !== undefined) this.lookAfter(this.run, look);
      this.sent = 0;
      this.isOver = false;
      this.steps = firstPortionSteps;
      this.goOn(this.run);
      const progress = this.progress(true);
      const ran = this.run.program ?? program;
      if ('program' in code && code.program === ran) return { refused: null, map: null, progress };
      const { code: _, ...map } = ran;
      return { refused: null, map, progress };
    } catch (error) {
      return { refused: refusal(error) };
    }
  }

  private lookAfter(run: Run, events: number): void {
    run.tellAt?.(events, (site) => {
      this.inside = this.engine.look?.(run, site) ?? null;
    });
  }

  /** Work for one portion more; first the page is told what the last one printed. */
  advance(): Progress {
    const run = this.current();
    const isBehind = run.output.length - this.sent > mostLines;
    if (!isBehind) this.goOn(run);
    return this.progress();
  }

  /** End the run now and keep what it did. */
  stop(): Progress {
    if (!this.isOver) this.current().stop();
    this.isOver = true;
    return this.progress();
  }

  /** A column that the result of a long run named. */
  column<Name extends ColumnName>(name: Name): Trace[Name] {
    if (!this.trace) throw new Error('No run is over: ask for columns that a result has named.');
    return this.trace[name];
  }

  /** Where the program stands after steps of the reader's choice. */
  play(code: Code, steps: readonly number[], { seed }: RunOptions): Played {
    try {
      const program = programOf(this.engine, code);
      const { code: _, ...map } = program;
      const { sites, ...position } = this.engine.play(program, steps, seed);
      return { refused: null, map: { ...map, sites }, position };
    } catch (error) {
      return { refused: refusal(error) };
    }
  }

  /** Compile where needed and begin a search of the schedules. */
  explore(code: Code, options: ExploreOptions): { readonly refused: Refusal | null } {
    try {
      this.search = this.engine.explore(programOf(this.engine, code), { ...options, clock: this.clock });
      this.steps = 1;
      return { refused: null };
    } catch (error) {
      return { refused: refusal(error) };
    }
  }

  /** Search for one portion more, or end the search with what it has found. */
  advanceSearch(end = false): SearchProgress {
    const { search } = this;
    if (!search) throw new Error('No search is under way: call explore first.');
    if (end) search.stop();
    const over = end || this.work((executions) => search.advance(executions));
    return { ...search.progress(), result: over ? search.result() : null };
  }

  private goOn(run: Run): void {
    if (!this.isOver) this.isOver = this.work((steps) => run.advance(steps));
  }

  private current(): Run {
    if (!this.run) throw new Error('No run is under way: call start first.');
    return this.run;
  }

  /** Call `advance` with portions that grow or shrink until the time for one answer is used. True when it is over. */
  private work(advance: (steps: number) => boolean): boolean {
    const began = this.clock();
    for (let now = began; now - began < portionMilliseconds; ) {
      if (advance(this.steps)) return true;
      const took = this.clock() - now;
      now += took;
      if (took < portionMilliseconds / 4) this.steps = Math.min(this.steps * 2, largestPortionSteps);
      if (took > portionMilliseconds) this.steps = Math.max(this.steps >> 1, 1);
    }
    return false;
  }

  private progress(linesFirst = false): Progress {
    const run = this.current();
    const lines = run.output.slice(this.sent, this.sent + mostLines);
    this.sent += lines.length;
    const isWaited = linesFirst && lines.length > 0;
    if (isWaited || !this.isOver || this.sent < run.output.length) return { lines, result: null };
    const report = { ...run.report(), stdout: [], timeline: [] };
    const trace = compact(run.trace());
    // What waits in a trace does so at its end as well; a thread that is about to do something does not wait.
    const now = this.inside ?? this.engine.look?.(run);
    const inside = now && (this.inside ?? { ...now, stacks: trace.stacks ?? now.stacks });
    this.trace = trace;
    if (trace.length <= longTrace)
      return { lines, result: { report, trace, columns: [], ...(inside && { inside }) } };
    const empty = columnNames.map((name) => [name, trace[name].slice(0, 0)]);
    const rest: Trace = { ...trace, ...Object.fromEntries(empty) };
    return { lines, result: { report, trace: rest, columns: columnNames, ...(inside && { inside }) } };
  }
}

function refusal(error: unknown): Refusal {
  if (error instanceof CompileError) {
    return { message: error.message, line: error.line, column: error.column };
  }
  return { message: error instanceof Error ? error.message : String(error), line: 0, column: 0 };
}

/** Columns cut to their length: posting a view of a larger buffer would copy the whole buffer. */
function compact(trace: Trace): Trace {
  const columns = Object.entries(trace).filter(([, value]) => ArrayBuffer.isView(value)) as [
    string,
    Float64Array,
  ][];
  return {
    ...trace,
    ...Object.fromEntries(
      columns.map(([name, column]) => [
        name,
        column.byteLength === column.buffer.byteLength ? column : column.slice(),
      ]),
    ),
  };
}

/** The buffers of a result, to be moved instead of copied when it is posted. */
export function buffersOf(progress: Progress | null): ArrayBuffer[] {
  if (!progress?.result) return [];
  return Object.values(progress.result.trace)
    .filter((value): value is Uint8Array<ArrayBuffer> => ArrayBuffer.isView(value))
    .map((column) => column.buffer);
}
