/** Runs programs with Node itself: reads a list of sources from a file, prints a list of what each printed. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { format } from 'node:util';

type Program = (console: { log(...values: unknown[]): void }) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (parameter: string, body: string) => Program;

const printed: string[][] = [];
for (const source of JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as string[]) {
  const lines: string[] = [];
  printed.push(lines);
  const console = { log: (...values: unknown[]) => void lines.push(format(...values)) };
  try {
    const body = stripTypeScriptTypes(source, { mode: 'transform', sourceMap: false });
    await new AsyncFunction('console', `'use strict';${body}`)(console);
  } catch (error) {
    lines.push(`uncaught ${error}`);
  }
}
process.stdout.write(JSON.stringify(printed));
