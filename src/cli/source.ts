import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CompileError, compile, type Program } from '../engine/index.ts';
import { UsageError } from './usage.ts';

/** Source that does not compile, with where and the line itself; the terminal exits with 2. */
export class SourceError extends UsageError {
  readonly reason: string;
  readonly line: number;
  readonly column: number;
  constructor(file: string, source: string, error: CompileError) {
    const text = source.split('\n')[error.line - 1] ?? '';
    const caret = `${text.slice(0, error.column - 1).replace(/[^\t]/g, ' ')}^`;
    super(`${file}:${error.line}:${error.column}: ${error.message}\n\n  ${text}\n  ${caret}`);
    this.reason = error.message;
    this.line = error.line;
    this.column = error.column;
  }
}

/** Read and compile a file. Throws UsageError where it cannot be read, SourceError where it does not compile. */
export function programFrom(file: string): Program {
  const source = read(file);
  try {
    return compile(source, { name: basename(file) });
  } catch (error) {
    if (error instanceof CompileError) throw new SourceError(file, source, error);
    throw error;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${error instanceof Error ? error.message : error}`);
  }
}
