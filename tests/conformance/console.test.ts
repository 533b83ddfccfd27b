import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from './console/generate.ts';
import { runSnippet } from './run-snippet.ts';

const SEEDS = 5;
const LINES = 120;
const MAX_BUFFER = 1 << 26;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What Node prints for a program. Errors have no stack there, as in a snippet, where it would be the machine's. */
async function printedByNode(source: string, name: string): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, source);
  const options = ['--no-warnings', '--stack-trace-limit=0', file];
  const { stdout } = await promisify(execFile)(process.execPath, options, { maxBuffer: MAX_BUFFER });
  return stdout;
}

describe('console.log of random values', () => {
  test.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
    'prints what Node prints (seed %i)',
    { timeout: 60_000 },
    async (seed) => {
      const source = generate(seed, LINES);
      // Node writes UTF-8, which has no halves of pairs.
      const printed = runSnippet(source).lines.map((line) => `${line.toWellFormed()}\n`);
      expect(printed).toHaveLength(LINES);
      expect(printed.join('')).toBe(await printedByNode(source, `${seed}.ts`));
    },
  );
});

test('proxies are looked through without running their traps', () => {
  const source = `
    const log: string[] = [];
    const handler = { get: () => log.push('get'), ownKeys: () => (log.push('keys'), []) };
    console.log(new Proxy({ a: 1 }, handler), Proxy.revocable([1], handler).proxy);
    console.log(log.length);`;
  expect(runSnippet(source).lines).toEqual(['{ a: 1 } [ 1 ]', '0']);
});
