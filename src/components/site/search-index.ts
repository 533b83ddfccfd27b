/** The search index as data, and how it is searched. Words match anywhere inside words, so that `lock` finds `deadlock`. */

/** A place that search can lead to: a section of a chapter, a term, a question. */
export interface Section {
  readonly page: string;
  readonly title: string;
  /** From the root of the book: `/learn/chapter/#section`. */
  readonly path: string;
  readonly text: string;
}

/** A section that was found, and the words around the first match. */
export interface Found {
  readonly section: Section;
  readonly excerpt: { readonly before: string; readonly match: string; readonly after: string };
}

/** What a section of a chapter has ahead of a term or a question. */
const IN_A_CHAPTER = 4;
const EXCERPT = 70;
const AT_MOST = 20;

/**
 * The sections that contain every word of `query`, best first: a match in a title counts more than one in the text, and a
 * chapter more than what leads to it.
 */
export function find(sections: readonly Section[], query: string): Found[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length > 0);
  if (!words.length || query.trim().length < 2) return [];
  return sections
    .map((section) => ({ section, score: score(section, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, AT_MOST)
    .map(({ section }) => ({ section, excerpt: excerpt(section.text, words) }));
}

function score({ title, page, text, path }: Section, words: readonly string[]): number {
  const [inTitle, inPage, inText] = [title, page, text].map((part) => part.toLowerCase()) as [
    string,
    string,
    string,
  ];
  let total = 0;
  for (const word of words) {
    const found =
      (inTitle.includes(word) ? 8 : 0) +
      (inPage.includes(word) ? 2 : 0) +
      Math.min(3, inText.split(word).length - 1);
    if (!found) return 0;
    total += found;
  }
  return total + (path.startsWith('/learn/') ? IN_A_CHAPTER : 0);
}

function excerpt(text: string, words: readonly string[]): Found['excerpt'] {
  const lower = text.toLowerCase();
  const first = words
    .map((word) => ({ at: lower.indexOf(word), word }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0];
  if (!first) return { before: text.slice(0, EXCERPT * 2), match: '', after: '' };
  const start = wordAt(text, first.at - EXCERPT);
  const end = first.at + first.word.length;
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

/** The sections of a page: its Markdown cut at the headings that have an id. `path` is the page's, with a slash at the end. */
export function sectionsOf(page: string, path: string, body: string): Section[] {
  const pieces = body.split(/^#{2,4} +(.+?) +\{#([a-z0-9-]+)\} *$/m);
  const sections: Section[] = [{ page, title: page, path, text: plain(pieces[0] ?? '') }];
  for (let i = 1; i + 2 < pieces.length; i += 3) {
    sections.push({
      page,
      title: plain(pieces[i] ?? ''),
      path: `${path}#${pieces[i + 1]}`,
      text: plain(pieces[i + 2] ?? ''),
    });
  }
  return sections;
}

/** Markdown and MDX without their marks. */
export function plain(markdown: string): string {
  return markdown
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, ' ')
    .replace(/^(import|export) .*$/gm, ' ')
    .replace(/<[A-Za-z/][^>]*>/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#{1,6}|[-*>]|\d+\.)\s+/gm, ' ')
    .replace(/^\s*\|?[\s|:-]+\|\s*$/gm, ' ')
    .replace(/[*`|]+|(?<!\w)_|_(?!\w)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
