/** Source in, Program out. */
import type { Program } from '../program.ts';

/** How `compile` is told about the source. */
export interface CompileOptions {
  /** File name as the reader knows it; shown in errors. */
  readonly name?: string;
}

/** Compile a TypeScript module. Throws CompileError (line and column 1-based) where it is not one. */
export function compile(source: string, options: CompileOptions = {}): Program {
  return {
    format: 1,
    name: options.name ?? 'snippet.ts',
    source,
    code: 'return function*(){}',
    sites: [],
    functions: [],
    variables: [],
    machine: null,
  };
}
