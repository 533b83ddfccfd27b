/** From an error to the reader's lines: generated code carries the id of the site before whatever can fail. */
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

/** The reader's frames in a native stack trace, innermost first; empty where there are none. */
export function positionsIn(program: Program, trace: string): Position[] {
  return sitesIn(program, trace).map((site) => positionAt(program.sites[site] as Site));
}

/** The sites of those frames: indices into `Program.sites`. */
export function sitesIn(program: Program, trace: string): number[] {
  const sites: number[] = [];
  for (const [, line, column] of trace.matchAll(/interleave:snippet:(\d+):(\d+)/g)) {
    const site = siteAt(program, Number(line) - HEADER_LINES, Number(column));
    if (program.sites[site] !== undefined) sites.push(site);
  }
  return sites;
}

/** The position of a site. */
export function positionAt({ line, column, function: fn }: Site): Position {
  return { line, column, function: fn };
}

/** A frame as stack traces write it: `at work (snippet.ts:3:7)`. */
export function frameText(program: Program, { line, column, function: index }: Position): string {
  const place = `${program.name}:${line}:${column}`;
  const name = index > 0 ? nameOf(program, index) : '';
  return name ? `at ${name} (${place})` : `at ${place}`;
}

/** A function's name; a constructor's is that of its class, with `new`. */
function nameOf({ functions, source }: Program, index: number): string {
  const { name = '', start = 0 } = functions[index] ?? {};
  const [, className] = /^class\s+([^\s{]+)/.exec(source.slice(start, start + 80)) ?? [];
  return className === undefined || className === 'extends' ? name : `new ${className}`;
}

/** The site that generated code at a position belongs to: the last mark before it. -1 where there is none. */
function siteAt(program: Program, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) start = program.code.indexOf('\n', start) + 1;
  const end = start + column;
  const close = program.code.lastIndexOf('*/', end);
  const open = program.code.lastIndexOf('/*', close);
  return close < 0 || open < 0 ? -1 : Number(program.code.slice(open + 2, close));
}
