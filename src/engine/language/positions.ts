/** From an error to the reader's line: generated code carries the id of the site before whatever can fail. */
import type { Program, Site } from './program.ts';

/** What stack traces call the code of a program. */
export const SOURCE_URL = 'interleave:snippet';

/** Lines that `new Function` puts in front of its body. */
const HEADER_LINES = 2;

/** One frame of the reader's code in a stack trace. 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
  /** Index into `Program.functions`. */
  readonly function: number;
}

/** Errors that the engine made itself, outside the reader's code, and the site they belong to. */
const placed = new WeakMap<object, number>();

/** Say which site an error that the engine made belongs to. Returns the error. */
export function placeAt<T extends object>(error: T, site: number): T {
  placed.set(error, site);
  return error;
}

/** The reader's frames in an error's native stack trace, innermost first; empty where there are none. */
export function positionsOf(program: Program, error: unknown): Position[] {
  if (typeof error !== 'object' || error === null) return [];
  const own = program.sites[placed.get(error) ?? -1];
  if (own !== undefined) return [{ line: own.line, column: own.column, function: own.function }];
  const { stack } = error as { stack?: unknown };
  if (typeof stack !== 'string') return [];
  const positions: Position[] = [];
  for (const [, line, column] of stack.matchAll(/interleave:snippet:(\d+):(\d+)/g)) {
    const site = siteAt(program, Number(line) - HEADER_LINES, Number(column));
    if (site !== null) positions.push({ line: site.line, column: site.column, function: site.function });
  }
  return positions;
}

/** The site that generated code at a position belongs to: the last mark before it. */
function siteAt(program: Program, line: number, column: number): Site | null {
  let start = 0;
  for (let i = 1; i < line; i++) start = program.code.indexOf('\n', start) + 1;
  const end = start + column;
  const close = program.code.lastIndexOf('*/', end);
  const open = program.code.lastIndexOf('/*', close);
  if (close < 0 || open < 0) return null;
  return program.sites[Number(program.code.slice(open + 2, close))] ?? null;
}
