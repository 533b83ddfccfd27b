import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printedByNode } from './in-node.ts';
import { runSnippet } from './run-snippet.ts';

test('JSON with toJSON, replacers and revivers gives what Node gives', { timeout: 60_000 }, async () => {
  const source = readFileSync(new URL('json/program.ts', import.meta.url), 'utf8');
  const { lines } = runSnippet(source);
  expect(lines.length).toBeGreaterThan(600);
  expect(lines.map((line) => `${line}\n`).join('')).toBe(await printedByNode(source));
});
