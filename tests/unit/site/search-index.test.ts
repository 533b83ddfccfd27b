import { describe, expect, test } from 'vitest';
import { find, plain, sectionsOf } from '../../../src/components/site/search-index.ts';

const section = (title: string, text: string) => ({ page: 'Page', title, path: `/learn/p/#${title}`, text });

describe('search', () => {
  test('matches inside words and needs every word', () => {
    const sections = [section('a', 'A deadlock of two mutexes'), section('b', 'A mutex alone')];
    expect(find(sections, 'lock').map((found) => found.section.title)).toEqual(['a']);
    expect(find(sections, 'mutex two').map((found) => found.section.title)).toEqual(['a']);
  });

  test('puts a match in the title before one in the text', () => {
    const sections = [section('other', 'semaphore semaphore semaphore'), section('Semaphores', 'counts')];
    expect(find(sections, 'semaphore').map((found) => found.section.title)).toEqual(['Semaphores', 'other']);
  });

  test('puts a chapter before a question that says the same', () => {
    const question = { ...section('q', 'a mutex'), path: '/interview/#q' };
    expect(find([question, section('s', 'a mutex')], 'mutex').map((found) => found.section.title)).toEqual([
      's',
      'q',
    ]);
  });

  test('finds nothing for less than two characters', () => {
    expect(find([section('a', 'a')], 'a')).toEqual([]);
  });

  test('shows the words around the match', () => {
    const [found] = find([section('a', `${'word '.repeat(60)}needle${' word'.repeat(60)}`)], 'needle');
    expect(found?.excerpt.match).toBe('needle');
    expect(found?.excerpt.before).toMatch(/^…word (word )+$/);
    expect(found?.excerpt.after).toMatch(/^( word)+…$/);
  });
});

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
