import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inScope } from '../../../src/components/site/build/book-scope.ts';
import { chapterSlugs } from '../../../src/components/site/build/chapters.ts';
import { card, lines } from '../../../src/components/site/card.ts';
import { citation } from '../../../src/components/site/citation.ts';
import { sectionAt } from '../../../src/components/site/here.ts';
import { countSnippets, readingMinutes } from '../../../src/components/site/reading-time.ts';
import { structuredData } from '../../../src/components/site/structured-data.ts';

describe('components in scope of a chapter', () => {
  const scoped = (source: string) => inScope(source, (file) => `/c/${file}`);

  test('are imported at the end, so that no line moves', () => {
    const source = '---\ntitle: T\n---\n\n<Snippet name="x" />\n\n<WrongIdea>w</WrongIdea>\n';
    expect(scoped(source)).toBe(
      `${source}\nimport Snippet from "/c/snippet/Snippet.astro";\nimport WrongIdea from "/c/book/WrongIdea.astro";\n`,
    );
  });

  test('are not imported where they are not used', () => {
    expect(scoped('Plain <em>text</em>, and <Sourcery/>.')).toBe('Plain <em>text</em>, and <Sourcery/>.');
  });
});

describe('chapters', () => {
  const folder = (files: Record<string, string>) => {
    const made = mkdtempSync(join(tmpdir(), 'chapters-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
    return made;
  };

  test('come in the order of their numbers, not of their names', () => {
    const path = folder({
      'a.mdx': '---\nchapter: 10\n---\n',
      'b.mdx': '---\ntitle: B\nchapter: 2\n---\n',
      'notes.txt': '',
    });
    expect(chapterSlugs(path)).toEqual(['learn/b', 'learn/a']);
  });

  test('without a number come last, also where the text speaks of one', () => {
    const path = folder({
      'a.mdx': '---\ntitle: A\n---\n\nchapter: 3\n\n---\n',
      'b.mdx': '---\nchapter: 12\n---\n',
    });
    expect(chapterSlugs(path)).toEqual(['learn/b', 'learn/a']);
  });
});

describe('reading time', () => {
  test('counts words and a minute for each snippet, and no markup', () => {
    const body = `${'word '.repeat(420)}<Snippet name="x" title="not counted" />`;
    expect(countSnippets(body)).toBe(1);
    expect(readingMinutes(body)).toBe(3);
  });

  test('is never nothing', () => expect(readingMinutes('')).toBe(1));
});

test('a citation names chapter, edition and address', () => {
  const { text, bibtex } = citation({ title: 'Who runs next', chapter: 5, url: 'https://book.example/x/' });
  expect(text).toMatch(/^“Who runs next”, chapter 5 of Interleave.*https:\/\/book\.example\/x\/$/);
  expect(bibtex).toContain('@incollection{interleave-who-runs-next,');
});

test('the cover is a Book, a chapter a part of it', () => {
  const page = { title: 'T', description: 'D', home: 'https://b.example/' };
  expect(structuredData({ ...page, url: 'https://b.example/' })).toMatchObject({ '@type': 'Book' });
  expect(structuredData({ ...page, url: 'https://b.example/learn/t/', chapter: 3 })).toMatchObject({
    '@type': ['Chapter', 'LearningResource'],
    position: 3,
    isPartOf: { '@id': 'https://b.example/#book' },
  });
});

describe('the card of a page', () => {
  test('breaks its title between words', () => {
    expect(lines('How this machine differs from a real one', 24)).toEqual([
      'How this machine differs',
      'from a real one',
    ]);
    expect(lines('Incomprehensibilities of it', 10)).toEqual(['Incomprehensibilities', 'of it']);
  });

  test('escapes what would be markup', () => expect(card('a < b', 'c & d')).toContain('a &lt; b</text>'));
});

test('the section being read is the last whose heading has passed the top', () => {
  expect(sectionAt([300, 900])).toBe(-1);
  expect(sectionAt([-400, 100, 900])).toBe(1);
  expect(sectionAt([-900, -400, -10])).toBe(2);
});
