import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { attributes, figures, glossary, ids, interviews, type Page, pages, read, snippets } from './book.ts';

const book = pages();
const address = ({ slug }: Page) => `/${slug}/`;

/** Every `component attribute="…"` of the book that is not among the known ones, with the page it is on. */
function unknown(component: string, attribute: string, known: Set<string>): string[] {
  return book.flatMap((page) =>
    attributes(page, component, attribute)
      .filter((value) => !known.has(value))
      .map((value) => `${page.slug}: ${component} ${value}`),
  );
}

describe('what the chapters point at exists', () => {
  test('listings', () => {
    expect(unknown('Snippet', 'name', snippets())).toEqual([]);
    expect(unknown('Predict', 'snippet', snippets())).toEqual([]);
  });
  test('terms of the glossary', () => expect(unknown('Term', 'id', glossary())).toEqual([]));
  test('figures', () => expect(unknown('Source', 'id', figures())).toEqual([]));
  test('interview questions', () => {
    expect(unknown('Interview', 'id', new Set(interviews().map(({ id }) => id)))).toEqual([]);
  });

  test('sections of other chapters', () => {
    const targets = new Set(
      book.flatMap((page) => [
        address(page),
        ...ids(page).map((id) => `${address(page)}#${id}`),
        ...attributes(page, 'Snippet', 'name').map((name) => `${address(page)}#snippet-${name}`),
      ]),
    );
    const broken = book.flatMap((page) =>
      [...page.text.matchAll(/\]\((\/learn\/[^)\s]*|#[^)\s]*)\)/g)]
        .map(([, link]) => ((link as string).startsWith('#') ? address(page) + link : (link as string)))
        .filter((link) => !targets.has(link))
        .map((link) => `${page.slug}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});

test('what docs/corrections.md says is in the book', () => {
  const table = readFileSync(new URL('../../docs/corrections.md', import.meta.url), 'utf8');
  const places = [...table.matchAll(/\| `(\/learn\/[^`]+)` \|$/gm)].map(([, place]) => place as string);
  const targets = new Set(book.flatMap((page) => ids(page).map((id) => `${address(page)}#${id}`)));
  expect(places.length).toBeGreaterThan(30);
  expect(places.filter((place) => !targets.has(place))).toEqual([]);
});

describe('interview questions', () => {
  const questions = interviews();

  test('there are at least sixty', () => expect(questions.length).toBeGreaterThanOrEqual(60));

  test('every topic that interviewers ask about has one', () => {
    const topics = JSON.parse(read('interview-topics.json')) as { topic: string; questions: string[] }[];
    const known = new Set(questions.map(({ id }) => id));
    const unasked = topics.filter(({ questions: ids }) => !ids.some((id) => known.has(id)));
    const unknown = topics.flatMap(({ questions: ids }) => ids.filter((id) => !known.has(id)));
    expect(topics.length).toBeGreaterThanOrEqual(90);
    expect({ unasked, unknown }).toEqual({ unasked: [], unknown: [] });
  });

  test('each names a section that exists, and that section asks it', () => {
    const wrong = questions.filter(({ id, section }) => {
      const page = book.find((candidate) => section.startsWith(`${address(candidate)}#`));
      const anchor = section.split('#')[1] ?? '';
      return !page || !ids(page).includes(anchor) || !attributes(page, 'Interview', 'id').includes(id);
    });
    expect(wrong.map(({ id, section }) => `${id}: ${section}`)).toEqual([]);
  });
});

describe('ids', () => {
  test('every heading has one written by hand', () => {
    const without = book
      .filter(({ slug }) => slug.startsWith('learn/'))
      .flatMap(({ slug, text }) => {
        const prose = text.replace(/^```.*?^```/gms, '');
        return (prose.match(/^#{2,4} .*$/gm) ?? [])
          .filter((line) => !/\{#[\w-]+\}$/.test(line))
          .map((line) => `${slug}: ${line}`);
      });
    expect(without).toEqual([]);
  });

  test('none is used twice on a page', () => {
    const twice = book.flatMap((page) =>
      ids(page)
        .filter((id, i, all) => all.indexOf(id) !== i)
        .map((id) => `${page.slug}#${id}`),
    );
    expect(twice).toEqual([]);
  });

  test('none that readers may have linked to has disappeared', () => {
    const now = new Set(book.flatMap((page) => ids(page).map((id) => `${page.slug}#${id}`)));
    const promised = read('permanent-ids.txt').split('\n').filter(Boolean);
    expect(promised.filter((id) => !now.has(id))).toEqual([]);
    expect([...now].filter((id) => !promised.includes(id))).toEqual([]);
  });
});
