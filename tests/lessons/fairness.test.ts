import { describe, expect, test } from 'vitest';
import { pages, predictions, whyQuestions } from './book.ts';

/** What can be chosen, and the place of the right answer. */
interface Quiz {
  readonly labels: readonly string[];
  readonly right: number;
}

const whys: Quiz[] = pages()
  .flatMap(whyQuestions)
  .map(({ choices }) => ({
    labels: choices.map(({ label }) => label),
    right: choices.findIndex(({ correct }) => correct),
  }));
const predicted: Quiz[] = pages()
  .flatMap(predictions)
  .map(({ options, answer }) => ({ labels: options, right: answer }));

/** Share of the quizzes in which a reader who knows nothing but this rule would be right. */
const share = (quizzes: readonly Quiz[], rule: (quiz: Quiz) => boolean) =>
  quizzes.filter(rule).length / quizzes.length;

/** Whether the right answer is the one with most characters (`sign` 1) or fewest (−1), by length alone. */
function standsOut({ labels, right }: Quiz, sign: 1 | -1): boolean {
  const length = labels[right]?.length ?? 0;
  return labels.every((label, i) => i === right || sign * length > sign * label.length);
}

describe.each([
  ['why-questions', whys],
  ['predictions', predicted],
] as const)('%s', (_, quizzes) => {
  test.each([2, 3])('of %i answers: no place is right much more often than the others', (count) => {
    const some = quizzes.filter(({ labels }) => labels.length === count);
    expect(some.length).toBeGreaterThan(10);
    for (let place = 0; place < count; place++) {
      expect(share(some, ({ right }) => right === place)).toBeGreaterThan(0.6 / count);
      expect(share(some, ({ right }) => right === place)).toBeLessThan(1.4 / count);
    }
  });

  test('neither the longest nor the shortest answer is a good guess', () => {
    expect(share(quizzes, (quiz) => standsOut(quiz, 1))).toBeLessThan(0.45);
    expect(share(quizzes, (quiz) => standsOut(quiz, -1))).toBeLessThan(0.45);
  });
});

test('no right answer stands out by being more than twice as long as any other', () => {
  const lengths = whys.map(({ labels, right }) => {
    const others = labels.filter((_, i) => i !== right).map((label) => label.length);
    return { label: labels[right] ?? '', ratio: (labels[right]?.length ?? 0) / Math.max(...others) };
  });
  expect(lengths.filter(({ label, ratio }) => ratio > 2 && label.length > 30)).toEqual([]);
});
