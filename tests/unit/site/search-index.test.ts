import { describe, expect, test } from 'vitest';
import {
  plain,
  questionSection,
  sectionsOf,
  termSection,
} from '../../../src/components/site/search-index.ts';

describe('sections of a page', () => {
  test('are cut at headings with an id, with the text before the first', () => {
    expect(
      sectionsOf('Page', '/p/', 'Intro.\n\n## One {#one}\n\nText.\n\n### Two `x` {#two}\n\nMore.'),
    ).toEqual([
      { page: 'Page', title: 'Page', path: '/p/', text: 'Intro.' },
      { page: 'Page', title: 'One', path: '/p/#one', text: 'Text.' },
      { page: 'Page', title: 'Two x', path: '/p/#two', text: 'More.' },
    ]);
  });

  test('hold words, not marks', () => {
    expect(plain('import X from "y"\n\n- a [link](/x) with `code` and <Term id="t">term</Term>')).toBe(
      'a link with code and term',
    );
    expect(plain('_so_ pthread_create `runs`')).toBe('so pthread_create runs');
    expect(plain('| a | b |\n|---|:--|\n| c | d |')).toBe('a b c d');
  });
});

test('terms and questions are places too, a term with its other names', () => {
  const term = { term: 'Thread', short: 'A flow of *execution*.', also: ['threading'] };
  expect(termSection('thread', term, 'More.')).toEqual({
    page: 'Glossary',
    title: 'Thread',
    path: '/glossary/#thread',
    text: 'A flow of execution . More.',
    also: ['threading'],
  });
  expect(questionSection('q', 'Why?', 'Short.\n\n---more---\n\nLong.').text).toBe('Short. Long.');
});
