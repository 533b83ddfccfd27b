import dictionary from 'dictionary-en-gb';
import nspell from 'nspell';
import { describe, expect, test } from 'vitest';
import { read } from './book.ts';
import { prose } from './prose.ts';

const texts = prose();

/** Names, and words of the subject that a general dictionary does not have. */
const own = read('words.txt').split('\n').filter(Boolean);

/** What the book calls a thing, and what it does not call it. */
const terms = JSON.parse(read('terms.json')) as { say: string; not: string[] }[];
/** Titles of papers, which are spelt as their authors spelt them. */
const titles = [
  'A randomized scheduler with probabilistic guarantees of finding bugs',
  'Iterative context bounding for systematic testing of multithreaded programs',
];

test('there is prose to check', () => {
  expect(texts.length).toBeGreaterThan(300);
  expect(texts.reduce((sum, { text }) => sum + text.length, 0)).toBeGreaterThan(400_000);
});

describe('spelling', () => {
  const spell = nspell(Buffer.from(dictionary.aff), Buffer.from(dictionary.dic));
  for (const word of own) spell.add(word).add(word.toLowerCase());

  /** Words to look up: no numbers, no acronyms, no names of the program. */
  const wordsOf = (text: string): string[] =>
    [...text.normalize().matchAll(/[\p{L}\d][\p{L}\d’']*/gu)]
      .map(([word]) => word.replaceAll('’', "'").replace(/'s?$/, ''))
      .filter((word) => word.length > 2 && !/\d|\p{Ll}\p{Lu}/u.test(word) && word !== word.toUpperCase());

  const known = (word: string) => spell.correct(word) || spell.correct(word.toLowerCase());

  test('every word is in the dictionary or in src/content/words.txt', () => {
    const unknown = texts.flatMap(({ path, text }) =>
      wordsOf(text)
        .filter((word) => !known(word))
        .map((word) => `${path}: ${word}`),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });

  test('src/content/words.txt holds nothing that no text uses', () => {
    const used = new Set(texts.flatMap(({ text }) => wordsOf(text).map((word) => word.toLowerCase())));
    expect(own.filter((word) => !used.has(word.toLowerCase()))).toEqual([]);
  });
});

describe('terms', () => {
  test.each(terms)('it is called: $say', ({ not }) => {
    const pattern = new RegExp(not.join('|'), 'g');
    const loose = new RegExp(not.join('|'), 'gi');
    // Names are told apart by their capitals; everything else is the same word with a capital.
    const search = not.some((each) => /Java|Type|Node|Postgre|COW/.test(each)) ? pattern : loose;
    const found = texts.flatMap(({ path, text }) => {
      const body = titles.reduce((rest, title) => rest.replace(title, ''), text);
      return [...body.matchAll(search)].map(([word]) => `${path}: ${word}`);
    });
    expect(found).toEqual([]);
  });
});
