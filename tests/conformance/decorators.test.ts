import { format } from 'node:util';
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { generateDecorated } from './language/decorated.ts';
import { runSnippet } from './run-snippet.ts';

const SEEDS = 60;

/** What the program prints when another compiler has taken its decorators apart: engines have none yet. */
async function printedElsewhere(source: string): Promise<string[]> {
  const { code } = await transform(source, { loader: 'ts', target: 'es2022' });
  const lines: string[] = [];
  const console = { log: (...values: unknown[]) => lines.push(format(...values)) };
  new Function('console', `'use strict';${code}`)(console);
  return lines;
}

describe('a random class with decorators', () => {
  test.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
    'does what it does when another compiler compiled it (seed %i)',
    async (seed) => {
      const source = generateDecorated(seed);
      const { lines, error } = runSnippet(source);
      expect(error).toBeUndefined();
      expect(lines).toEqual(await printedElsewhere(source));
      expect(lines.at(-1)).toBe('end');
    },
  );
});
