import { afterEach, describe, expect, test, vi } from 'vitest';
import { readAnswer, rememberAnswer } from '../../../src/components/study/answers.ts';
import { deck } from '../../../src/components/study/deck.ts';
import { figureText } from '../../../src/components/study/figures.ts';
import { splitAt } from '../../../src/components/study/split-at.ts';

/** A storage that holds one text, or refuses. */
function storage(text: string | null, refuses = false) {
  let kept = text;
  const refuse = () => {
    throw new Error('blocked');
  };
  vi.stubGlobal('localStorage', {
    getItem: refuses ? refuse : () => kept,
    setItem: refuses ? refuse : (_: string, value: string) => (kept = value),
  });
}

afterEach(() => vi.unstubAllGlobals());

describe('answers', () => {
  test('are kept by the id of the question', () => {
    storage(null);
    rememberAnswer('p-one', 2);
    rememberAnswer('p-two', 0);
    expect([readAnswer('p-one'), readAnswer('p-two'), readAnswer('p-three')]).toEqual([2, 0, null]);
  });

  test.each(['not json', '[]', 'null', '{"p-one":"2"}'])('survive a storage that holds %s', (text) => {
    storage(text);
    expect(readAnswer('p-one')).toBeNull();
  });

  test('do without storage where it is blocked', () => {
    storage(null, true);
    rememberAnswer('p-one', 1);
    expect(readAnswer('p-one')).toBeNull();
  });
});

describe('a figure', () => {
  test('has its unit and, where it is a range, a dash', () => {
    expect(figureText({ value: 1.2, unit: 'us' })).toBe('1.2 µs');
    expect(figureText({ value: '4.2-8.7', unit: 'us' })).toBe('4.2–8.7 µs');
    expect(figureText({ value: 232253, unit: 'msg/s' })).toBe('232,253 msg/s');
    expect(figureText({ value: 'about half', unit: '' })).toBe('about half');
  });
});

describe('a text in two parts', () => {
  test.each(['---more---', '—more—'])('is cut at %s', (mark) => {
    expect(splitAt(`<p>a</p>\n<p>${mark}</p>\n<p>b</p>`, 'more')).toEqual({
      before: '<p>a</p>',
      after: '<p>b</p>',
    });
  });

  test('without the line is all before it', () => {
    expect(splitAt('<p>a</p>', 'more')).toEqual({ before: '<p>a</p>', after: '' });
  });
});

test('a deck has a card a line, with no tab or line end inside a field', () => {
  const card = {
    question: 'What\tis\nit?',
    answer: '<p>a\n</p>',
    link: 'https://b.example/',
    tags: ['common', 'race condition'],
  };
  expect(deck([card]).split('\n')).toEqual([
    '#separator:tab',
    '#html:true',
    '#tags column:3',
    'What is it?\t<p>a </p> <a href="https://b.example/">In the book</a>\tcommon race-condition',
    '',
  ]);
});
