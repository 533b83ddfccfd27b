import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generate } from './console/generate.ts';
import { printedByNode } from './in-node.ts';
import { runSnippet } from './run-snippet.ts';

const SEEDS = 5;
const LINES = 120;

describe('console.log of random values', () => {
  test.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
    'prints what Node prints (seed %i)',
    { timeout: 60_000 },
    async (seed) => {
      const source = generate(seed, LINES);
      // Node writes UTF-8, which has no halves of pairs.
      const printed = runSnippet(source).lines.map((line) => `${line.toWellFormed()}\n`);
      expect(printed).toHaveLength(LINES);
      expect(printed.join('')).toBe(await printedByNode(source));
    },
  );
});

test('tables, groups and counts look as in Node', { timeout: 60_000 }, async () => {
  const source = readFileSync(new URL('console/methods.ts', import.meta.url), 'utf8');
  const printed = runSnippet(source).lines.map((line) => `${line}\n`);
  expect(printed.join('')).toBe(await printedByNode(source));
});

test.each([
  ["console.assert(true, 'fine'); console.assert(false)", ['Assertion failed']],
  ["console.assert(0, 'n %s', 1, { a: 2 })", ['Assertion failed: n 1 { a: 2 }']],
  ['console.assert(null, [1])', ['Assertion failed [ 1 ]']],
  [
    "console.time(); console.timeLog(undefined, 'on'); console.timeEnd(); console.timeEnd()",
    ['default: 0ms on', 'default: 0ms'],
  ],
])('%s', (source, lines) => {
  expect(runSnippet(source).lines).toEqual(lines);
});

test('proxies are looked through without running their traps', () => {
  const source = `
    const log: string[] = [];
    const handler = { get: () => log.push('get'), ownKeys: () => (log.push('keys'), []) };
    console.log(new Proxy({ a: 1 }, handler), Proxy.revocable([1], handler).proxy);
    console.log(log.length);`;
  expect(runSnippet(source).lines).toEqual(['{ a: 1 } [ 1 ]', '0']);
});
