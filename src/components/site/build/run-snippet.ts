/** Runs a snippet of the book while the book is built, and draws what it did. */
import { readFileSync } from 'node:fs';
import { compile, type Report, type RunOptions, start, type Trace } from '../../../engine/index.ts';
import { kernelSpans, still, waitsOf } from '../still.ts';

/** Enough for any picture; a program without end stops here. */
const limits = { time: 50_000_000, steps: 2_000_000 };
const PORTION = 1_000_000;

function finished(name: string, machine: RunOptions = {}) {
  const source = readFileSync(`src/content/snippets/${name}.ts`, 'utf8');
  const run = start(compile(source, { name: `${name}.ts` }), { ...machine, limits });
  while (!run.advance(PORTION));
  return run;
}

/** The report of one run on the machine that the snippet asks for, or with what `machine` says in its place. Throws when it does not compile. */
export const runSnippet = (name: string, machine?: RunOptions): Report => finished(name, machine).report();

/** The trace of one run on the machine that the snippet asks for. */
export const traceSnippet = (name: string): Trace => finished(name).trace();

const tokens = readFileSync('src/styles/tokens.css', 'utf8');

/** The still picture of a snippet's run, in the colours of the book. */
export function pictureOf(name: string): string {
  const run = finished(name);
  const [report, trace] = [run.report(), run.trace()];
  return still(report, { kernel: kernelSpans(report, trace), waits: waitsOf(trace) }, tokens);
}
