/**
 * How the index is searched. A reader types what an interviewer would say: `process vs thread`, `segfaults`, `GIL`. So words that
 * carry no meaning are left out, endings do not count, a term's other names stand for it, and words match inside words (`lock`
 * finds `deadlock`), though less than from their start. A place that lacks a word comes after all that have every word.
 */
import type { Section } from './search-index.ts';

/** A section that was found, and the words around the first match. */
export interface Found {
  readonly section: Section;
  readonly excerpt: { readonly before: string; readonly match: string; readonly after: string };
}

/** One thing that is asked for: a word, or the other names of a term, any of which will do. */
type Wanted = readonly (readonly string[])[];

const NO_MEANING = new Set(
  'a an and are as at be between by can compare could difference differences do does explain for from give happens how i in is it me my of on or should tell than that the there they this to used versus vs was we what when where which why with would you'.split(
    ' ',
  ),
);
/** What a section of a chapter has ahead of a term, and a term ahead of a question. */
const AHEAD = [
  ['/learn/', 4],
  ['/glossary/', 2],
] as const;
const TITLE = 8;
const WHOLE_TITLE = 6;
const PAGE = 2;
const MOST_IN_TEXT = 3;
/** A match inside a word is worth so much of one from its start. */
const INSIDE = 0.4;
const EXCERPT = 70;
const AT_MOST = 20;
/** With fewer places than this, up to so many of those that lack a word are shown as well. */
const FEW = 3;

/** Lower case, with everything but letters, digits and `+#` as blanks. */
const flat = (text: string) =>
  text
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim();

const wordsOf = (text: string): string[] => flat(text).split(' ').filter(Boolean);

/** A word without the endings that say how many and when. */
function stem(word: string): string {
  if (word.length < 5) return word;
  const short = word.replace(/(?:ies|y)$/, '').replace(/(?:ing|ed|es|s|e)$/, '');
  return short.length < 3 ? word : short;
}

/** The sections that `query` may mean, best first. */
export function find(sections: readonly Section[], query: string): Found[] {
  const wanted = wantedBy(query, sections);
  if (wanted.length === 0 || query.trim().length < 2) return [];
  const scored = sections
    .map((section) => ({ section, ...score(section, wanted) }))
    .filter(({ missing, total }) => total > 0 && missing <= wanted.length / 2)
    .sort((a, b) => a.missing - b.missing || b.total - a.total);
  const whole = scored.filter(({ missing }) => missing === 0);
  const marked = wanted.flat(2);
  return (whole.length < FEW ? scored.slice(0, Math.max(whole.length, FEW)) : whole.slice(0, AT_MOST)).map(
    ({ section }) => ({ section, excerpt: excerpt(section.text, marked) }),
  );
}

/** The words of the query that mean something; where they are a term's other name, the term will do as well. */
function wantedBy(query: string, sections: readonly Section[]): Wanted[] {
  const typed = wordsOf(query);
  const meant = typed.filter((word) => !NO_MEANING.has(word));
  const words = meant.length > 0 ? meant : typed;
  const wanted: Wanted[] = [];
  let left = ` ${words.join(' ')} `;
  for (const { title, also = [] } of sections) {
    for (const name of also) {
      const phrase = flat(name);
      const plural = left.includes(` ${phrase}s `) ? `${phrase}s` : phrase;
      if (!left.includes(` ${plural} `)) continue;
      left = left.replace(` ${plural} `, '  ');
      wanted.push([phrase, title].map((each) => wordsOf(each).map(stem)));
    }
  }
  for (const word of left.split(' ').filter(Boolean)) wanted.push([[stem(word)]]);
  return wanted;
}

/** What of a section is looked at, flattened once: a reader who types searches all of it at every letter. */
interface Flat {
  readonly title: string;
  readonly page: string;
  readonly text: string;
  /** Words of the title that mean something. */
  readonly meaning: number;
}

const flattened = new WeakMap<Section, Flat>();

function flatOf(section: Section): Flat {
  const known = flattened.get(section);
  if (known) return known;
  const made = {
    title: ` ${flat(section.title)} ${flat(section.also?.join(' ') ?? '')} `,
    page: ` ${flat(section.page)} `,
    text: ` ${flat(section.text)} `,
    meaning: wordsOf(section.title).filter((word) => !NO_MEANING.has(word)).length,
  };
  flattened.set(section, made);
  return made;
}

function score(section: Section, wanted: readonly Wanted[]): { missing: number; total: number } {
  const { title, page, text, meaning } = flatOf(section);
  let missing = 0;
  let total = 0;
  let inTitle = 0;
  for (const alternatives of wanted) {
    let best = 0;
    for (const words of alternatives) {
      const scores = words.map((word) => {
        const found = inside(title, word) * TITLE + inside(page, word) * PAGE;
        return found + Math.min(MOST_IN_TEXT, occurrences(text, word));
      });
      if (scores.every((each) => each > 0)) best = Math.max(best, mean(scores));
    }
    if (best === 0) missing++;
    if (best >= TITLE) inTitle++;
    total += best;
  }
  if (total === 0) return { missing, total };
  total += (WHOLE_TITLE * Math.min(inTitle, meaning)) / Math.max(1, meaning);
  return { missing, total: total + (AHEAD.find(([start]) => section.path.startsWith(start))?.[1] ?? 0) };
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

const inside = (text: string, word: string): number =>
  text.includes(` ${word}`) ? 1 : text.includes(word) ? INSIDE : 0;

const occurrences = (text: string, word: string): number => {
  const fromStart = text.split(` ${word}`).length - 1;
  return fromStart + INSIDE * (text.split(word).length - 1 - fromStart);
};

function excerpt(text: string, words: readonly string[]): Found['excerpt'] {
  const lower = text.toLowerCase();
  const first = words
    .flatMap((word) => {
      const start = lower.search(new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[+#]/g, '\\$&')}`, 'u'));
      const at = start < 0 ? lower.indexOf(word) : start;
      return at < 0 ? [] : [{ at, word }];
    })
    .sort((a, b) => a.at - b.at)[0];
  if (!first) return { before: text.slice(0, EXCERPT * 2), match: '', after: '' };
  const start = wordAt(text, first.at - EXCERPT);
  const rest = /^[\p{L}\p{N}]*/u.exec(text.slice(first.at + first.word.length))?.[0] ?? '';
  const end = first.at + first.word.length + rest.length;
  const last = wordAt(text, end + EXCERPT);
  return {
    before: (start > 0 ? '…' : '') + text.slice(start, first.at),
    match: text.slice(first.at, end),
    after: text.slice(end, last).trimEnd() + (last < text.length ? '…' : ''),
  };
}

/** The start of the first word at or after `at`; the ends of the text for places outside it. */
function wordAt(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.indexOf(' ', at);
  return space < 0 ? text.length : space + 1;
}
