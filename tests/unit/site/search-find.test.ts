import { describe, expect, test } from 'vitest';
import { find } from '../../../src/components/site/search-find.ts';

const section = (title: string, text: string) => ({ page: 'Page', title, path: `/learn/p/#${title}`, text });
const titles = (found: ReturnType<typeof find>) => found.map((each) => each.section.title);

describe('search', () => {
  test('matches inside words, and puts a place that has every word first', () => {
    const sections = [section('a', 'A deadlock of two mutexes'), section('b', 'A mutex alone')];
    expect(find(sections, 'lock').map((found) => found.section.title)).toEqual(['a']);
    expect(find(sections, 'mutex two').map((found) => found.section.title)).toEqual(['a', 'b']);
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

  test('leaves out words without meaning, and endings', () => {
    const sections = [section('Processes and threads', ''), section('Pipes', 'a process')];
    expect(titles(find(sections, 'What is the difference between a thread and a process?'))[0]).toBe(
      'Processes and threads',
    );
    expect(titles(find(sections, 'threading processes'))[0]).toBe('Processes and threads');
    expect(titles(find([section('a', 'what it is')], 'what is'))).toEqual(['a']);
  });

  test('finds a term by its other names, and what speaks of the term', () => {
    const term = { ...section('Segmentation fault', 'An access that is forbidden.'), also: ['segfault'] };
    const chapter = section('When the table says no', 'The segmentation fault ends the process.');
    expect(titles(find([chapter, term], 'segfaults'))).toEqual([
      'Segmentation fault',
      'When the table says no',
    ]);
  });

  test('where few places have every word, shows those that have most of them, after', () => {
    const sections = [section('a', 'mutex'), section('b', 'mutex semaphore'), section('c', 'pipe')];
    expect(titles(find(sections, 'mutex semaphore'))).toEqual(['b', 'a']);
    expect(titles(find(sections, 'mutex semaphore pipe'))).toEqual(['b']);
  });

  test('takes marks of punctuation for blanks', () => {
    expect(titles(find([section('a', 'copy-on-write')], 'copy on write!'))).toEqual(['a']);
    expect(titles(find([section('a', 'in C++ too')], 'c++'))).toEqual(['a']);
  });
});
