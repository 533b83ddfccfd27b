/** The search index as data: what there is to find, cut out of the book's pages. `search-find.ts` searches it. */

/** A place that search can lead to: a section of a chapter, a term, a question. */
export interface Section {
  readonly page: string;
  readonly title: string;
  /** From the root of the book: `/learn/chapter/#section`. */
  readonly path: string;
  readonly text: string;
  /** Other names for what the title says, as readers may type them: `segfault`. */
  readonly also?: readonly string[];
}

/** A term of the glossary, as its section of the index. */
export const termSection = (
  id: string,
  { term, short, also }: { readonly term: string; readonly short: string; readonly also: readonly string[] },
  body: string,
): Section => ({
  page: 'Glossary',
  title: term,
  path: `/glossary/#${id}`,
  text: plain(`${short} ${body}`),
  ...(also.length > 0 && { also }),
});

/** A question of the bank, as its section of the index. */
export const questionSection = (id: string, question: string, body: string): Section => ({
  page: 'Interview',
  title: question,
  path: `/interview/#${id}`,
  text: plain(body.replace('---more---', '')),
});

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
