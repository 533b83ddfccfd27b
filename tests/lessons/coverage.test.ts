import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coverage } from '../../scripts/coverage.ts';

test('every concept has its section, listing, test and interview question', () => {
  expect(coverage().problems).toEqual([]);
});

test('docs/coverage.md is what the chapters say (node scripts/coverage.ts --write)', () => {
  expect(readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8')).toBe(coverage().markdown);
});
