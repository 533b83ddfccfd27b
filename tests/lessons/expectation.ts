import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  compile,
  type ExplorationReport,
  explore,
  type Report,
  type RunOptions,
  start,
} from '../../src/engine/index.ts';

const folder = new URL('../../src/content/snippets/', import.meta.url);

/** What the book says about a snippet: `src/content/snippets/<name>.expect.json`. */
export interface Expectation {
  readonly status: Report['status'];
  /** How the first process ends; `{ "code": 0, "signal": null }` where left out and the status is `exited`. */
  readonly exit?: { readonly code: number | null; readonly signal: string | null };
  /** The lines it prints, exactly. Recorded by `node scripts/expect.ts --write`; shown in the book to readers without script. */
  readonly stdout: readonly string[];
  /** A regular expression for each line: what the prose claims about numbers that a change of the cost model may move. */
  readonly like?: readonly string[];
  /** A part of the error's message. */
  readonly error?: string;
  /** What the text says about the same program on another machine. */
  readonly variants?: readonly { readonly machine: RunOptions; readonly like: readonly string[] }[];
  /** What the text claims about all schedules. */
  readonly explore?: {
    readonly complete: boolean;
    /** Every distinct output, lines joined by a line feed. Left out where the prose does not list them. */
    readonly outcomes?: readonly string[];
    /** Kinds of failure, each once. */
    readonly failures: readonly string[];
    /** The fewest forced switches that show a failure, where the prose counts them. */
    readonly preemptions?: number;
    /** Where the prose counts them: executions the search took, and orders there are in all. */
    readonly executions?: number;
    readonly interleavings?: string;
  };
}

/** Names of all snippets, sorted. */
export const snippetNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();

export const expectationFile = (name: string): URL => new URL(`${name}.expect.json`, folder);

/** The expectation of a snippet, or null where nobody has written one. */
export const readExpectation = (name: string): Expectation | null =>
  existsSync(expectationFile(name)) ? JSON.parse(readFileSync(expectationFile(name), 'utf8')) : null;

export const compileSnippet = (name: string) =>
  compile(readFileSync(new URL(`${name}.ts`, folder), 'utf8'), { name: `${name}.ts` });

/** Run a snippet to its end, on the machine it asks for or with these settings changed. */
export function runSnippet(name: string, machine: RunOptions = {}): Report {
  const run = start(compileSnippet(name), machine);
  while (!run.advance(1_000_000));
  return run.report();
}

/** Search all schedules of a snippet. */
export function exploreSnippet(name: string): ExplorationReport {
  const run = explore(compileSnippet(name));
  while (!run.advance(10_000));
  return run.result();
}
