/**
 * The one door to the engine: compile a source, run a program, (later) explore and replay. Everything else in
 * `src/engine` is reached through here. No DOM, no Node, no global state.
 */
import type { Program } from './language/program.ts';
import type { OutputLine, Report, RunOptions } from './report.ts';
import type { Trace } from './trace/trace.ts';

/** A run under way. `advance` in small portions keeps the caller responsive; the result does not depend on the portions. */
export interface Run {
  /** Run for about `steps` steps (accesses, calls, loop turns). True when the run has ended. */
  advance(steps: number): boolean;
  /** End the run now; the report keeps what was done and says it was stopped. */
  stop(): void;
  /** Lines printed so far; grows. */
  readonly output: readonly OutputLine[];
  /** What happened so far (final once `advance` has returned true). */
  report(): Report;
  trace(): Trace;
}

export declare function start(program: Program, options?: RunOptions): Run;
