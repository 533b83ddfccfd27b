/** Runs a snippet of the book while the book is built, and draws what it did. */
import { readFileSync } from 'node:fs';
import { compile, type Report, start } from '../../../engine/index.ts';
import { still } from '../still.ts';

/** Enough for any picture; a program without end stops here. */
const limits = { time: 50_000_000, steps: 2_000_000 };
const PORTION = 1_000_000;

/** The report of one run on the machine that the snippet asks for. Throws when it does not compile. */
export function runSnippet(name: string): Report {
  const source = readFileSync(`src/content/snippets/${name}.ts`, 'utf8');
  const run = start(compile(source, { name: `${name}.ts` }), { limits });
  while (!run.advance(PORTION));
  return run.report();
}

const tokens = readFileSync('src/styles/tokens.css', 'utf8');

/** The still picture of a run, in the colours of the book. */
export const picture = (run: Report): string => still(run, tokens);
