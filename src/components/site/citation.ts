/** How to cite a chapter, in words and for a bibliography. */

/** What a citation needs to know. `url` is absolute. */
export interface Cited {
  readonly title: string;
  readonly chapter?: number | undefined;
  readonly url: string;
}

/** Edition of the text. A new one is a new number here and a line in the changelog; ids stay. */
export const edition = '0.1';

/** The citation as a sentence and as BibTeX. */
export function citation({ title, chapter, url }: Cited): { text: string; bibtex: string } {
  const key = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return {
    text: `“${title}”, ${chapter === undefined ? 'in' : `chapter ${chapter} of`} Interleave: processes, threads and coroutines that run on the page, edition ${edition}. ${url}`,
    bibtex: `@incollection{interleave-${key},
  title     = {${title}},
${chapter === undefined ? '' : `  chapter   = {${chapter}},\n`}  booktitle = {Interleave: processes, threads and coroutines that run on the page},
  edition   = {${edition}},
  url       = {${url}}
}`,
  };
}
