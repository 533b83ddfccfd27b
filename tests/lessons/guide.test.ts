import { expect, test } from 'vitest';
import { type Advice, type Answers, decide, QUESTIONS, RULES } from '../../src/components/study/decide.ts';
import { attributes, ids, pages } from './book.ts';

/** Every way to answer the five questions. */
const every = QUESTIONS.reduce<Partial<Answers>[]>(
  (some, { key, answers }) =>
    some.flatMap((one) => Object.keys(answers).map((answer) => ({ ...one, [key]: answer }))),
  [{}],
) as Answers[];

const advice = every.map((answers) => ({ answers, given: decide(answers) }));
const of = (given: readonly Advice[], part: Advice['part']) => given.filter((each) => each.part === part);
const given = (answers: Partial<Answers>) =>
  decide({ author: 'ours', work: 'waits', load: 'hundreds', data: 'apart', language: 'parallel', ...answers })
    .map(({ take }) => take)
    .join('\n');

test('there are 243 ways to answer', () => expect(every).toHaveLength(243));

test('each gives one wall, one inside and one number', () => {
  const bad = advice.filter((each) =>
    (['wall', 'inside', 'number'] as const).some((part) => of(each.given, part).length !== 1),
  );
  expect(bad).toEqual([]);
});

test('every rule is taken by somebody, and none says what another says', () => {
  const used = new Set(advice.flatMap((each) => each.given));
  expect(RULES.filter((rule) => !used.has(rule))).toEqual([]);
  expect(new Set(RULES.map(({ take }) => take)).size).toBe(RULES.length);
});

test('every reason leads to a place in the book', () => {
  const places = new Set(
    pages().flatMap((page) => [
      ...ids(page).map((id) => `/${page.slug}/#${id}`),
      ...attributes(page, 'Snippet', 'name').map((name) => `/${page.slug}/#snippet-${name}`),
    ]),
  );
  expect(RULES.map(({ proof }) => proof.link).filter((link) => !places.has(link))).toEqual([]);
});

test('the answers that decide do decide', () => {
  expect(given({ author: 'stranger' })).toContain('sandboxed process');
  expect(given({ author: 'shaky' })).toContain('supervisor');
  expect(given({ data: 'teams' })).toContain('A service for each part');
  expect(given({ load: 'one', work: 'computes', language: 'lock' })).toContain('One thread.');
  expect(given({ work: 'computes', language: 'lock' })).toContain('pool of worker processes');
  expect(given({ work: 'waits', language: 'lock' })).toContain('Threads, or a pool of them.');
  expect(given({ work: 'waits', load: 'thousands', language: 'loop' })).toContain('An event loop.');
  expect(given({ work: 'computes', data: 'together' })).toContain('Threads over the common data.');
});

test('nobody is told to compute in threads under an interpreter lock', () => {
  for (const { answers, given } of advice) {
    if (answers.language !== 'lock' || answers.work !== 'computes' || answers.load === 'one') continue;
    expect(of(given, 'inside')[0]?.take).toMatch(/process/);
  }
});
