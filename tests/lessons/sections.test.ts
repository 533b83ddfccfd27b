import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sectionReport } from '../../scripts/sections.ts';

test('every section has its question, wrong idea, prediction, listing, why-questions and interview question', () => {
  expect(sectionReport().problems).toEqual([]);
});

test('docs/sections.md is what the chapters have (node scripts/sections.ts --write)', () => {
  expect(readFileSync(new URL('../../docs/sections.md', import.meta.url), 'utf8')).toBe(
    sectionReport().markdown,
  );
});
