/** Compiles a source and runs it on the bare machine. */
import { compile } from '../../src/engine/language/index.ts';
import { type Ending, run } from './bare-machine.ts';

export type { Ending } from './bare-machine.ts';

/** Run a snippet to its end. Throws CompileError where it is none. */
export function runSnippet(source: string, library: Readonly<Record<string, unknown>> = {}): Ending {
  return run(compile(source), library);
}
