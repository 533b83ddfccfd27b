import { describe, expect, test } from 'vitest';
import { exploreSnippet, readExpectation, snippetNames } from './expectation.ts';

const claims = snippetNames().flatMap((name) => {
  const explore = readExpectation(name)?.explore;
  return explore ? [{ name, explore }] : [];
});

const distinct = (texts: readonly string[]) => [...new Set(texts)].sort();

test('the book makes claims about all schedules', () => expect(claims.length).toBeGreaterThan(20));

describe.each(claims)('all schedules of $name', ({ name, explore }) => {
  test('do what the book says', () => {
    const { complete, executions, interleavings, outcomes, failures } = exploreSnippet(name);
    expect({
      complete,
      ...(explore.outcomes && { outcomes: distinct(outcomes.map(({ stdout }) => stdout.join('\n'))) }),
      failures: distinct(failures.map(({ kind }) => kind)),
      ...(explore.preemptions !== undefined && {
        preemptions: Math.min(...failures.map(({ preemptions }) => preemptions)),
      }),
      ...(explore.executions && { executions }),
      ...(explore.interleavings && { interleavings }),
    }).toEqual(explore);
  });
});
