import { expect, test } from 'vitest';
import { describeSearch } from '../../../src/components/snippet/words.ts';

test('a search says how far it is, of how much where that can be told, and what it has found', () => {
  const words = describeSearch({ executions: 1200, estimate: 25_400, outcomes: 3, failures: 0 });
  expect(words).toBe('Exploring: 1,200 executions so far of at least 25,000, 3 outcomes…');
  expect(describeSearch({ executions: 7, estimate: null, outcomes: 1, failures: 1 })).toBe(
    'Exploring: 7 executions so far, 1 outcome, 1 way to fail…',
  );
  expect(describeSearch({ executions: 7, estimate: 3e6, outcomes: 1, failures: 0 })).toContain(
    'at least 3 million,',
  );
  expect(describeSearch({ executions: 7, estimate: 5.2e21, outcomes: 1, failures: 0 })).toContain(
    'at least 5 × 10^21,',
  );
});
