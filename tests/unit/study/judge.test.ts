import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { claims, judge } from '../../../src/components/study/judge.ts';

const snippet = (name: string) =>
  readFileSync(new URL(`../../../src/content/snippets/${name}.ts`, import.meta.url), 'utf8');
const start = snippet('exercise-the-last-ticket');
const solution = snippet('exercise-the-last-ticket-solution');
const clean = { complete: true, failures: 0 };

const folder = new URL('../../../src/content/exercises/', import.meta.url);
const exercises = readdirSync(folder);

describe.each(exercises)('%s', (name) => {
  const [set, solved] = [snippet(`exercise-${name}`), snippet(`exercise-${name}-solution`)];

  test('says in its program what has to hold', () => expect(claims(set).length).toBeGreaterThan(0));
  test("is solved by the author's solution", () => expect(judge(set, { text: solved, ...clean })).toBeNull());
  test('is not solved as it is set', () =>
    expect(judge(set, { text: set, complete: true, failures: 1 })).not.toBeNull());
});

describe('an exercise', () => {
  test('is not solved while a schedule fails, or some were not tried', () => {
    expect(judge(start, { text: start, complete: true, failures: 1 })).toContain('some schedule still fails');
    expect(judge(start, { text: solution, complete: false, failures: 0 })).toContain('not every schedule');
  });

  test('is not solved by taking the claim away, or by making it a comment', () => {
    expect(claims(start)).toHaveLength(1);
    const line = claims(start)[0] as string;
    expect(judge(start, { text: solution.replace(line, ''), ...clean })).toContain('has to stay');
    expect(judge(start, { text: solution.replace(line, `// ${line}`), ...clean })).toContain('has to stay');
    expect(judge(start, { text: solution.replace('sold === 1', 'sold >= 1'), ...clean })).toContain(
      'has to stay',
    );
  });

  test('is not solved by taking a thread away', () => {
    expect(judge(start, { text: solution.replace('new Thread(buy)', 'null'), ...clean })).toContain(
      'All threads',
    );
  });

  test('is not solved by taking away what it is about', () => {
    expect(judge(start, { text: solution.replace('new Mutex()', 'null'), ...clean })).toContain('Each Mutex');
    const tapped = snippet('exercise-ordered-twice');
    expect(judge(tapped, { text: tapped.replace('await ioAsync', 'ioAsync'), ...clean })).toContain(
      'Each await',
    );
  });

  test('may be laid out in another way', () => {
    expect(judge(start, { text: solution.replace('assert(sold', 'assert(\n  sold'), ...clean })).toBeNull();
  });
});
