/** What a page is, in schema.org's words. */

/** A page of the book. All addresses are absolute. */
export interface Page {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly home: string;
  readonly chapter?: number;
}

/** JSON-LD: the cover is a Book, a chapter is a Chapter and LearningResource of it, anything else a WebPage of it. */
export function structuredData(page: Page): Record<string, unknown> {
  const book = {
    '@type': 'Book',
    '@id': `${page.home}#book`,
    name: 'Interleave',
    url: page.home,
    inLanguage: 'en',
    isAccessibleForFree: true,
    license: 'https://creativecommons.org/licenses/by/4.0/',
  };
  const context = { '@context': 'https://schema.org' };
  if (page.url === page.home) return { ...context, ...book, description: page.description };
  const common = { name: page.title, description: page.description, url: page.url, inLanguage: 'en' };
  if (page.chapter === undefined) return { ...context, '@type': 'WebPage', ...common, isPartOf: book };
  return {
    ...context,
    '@type': ['Chapter', 'LearningResource'],
    ...common,
    position: page.chapter,
    learningResourceType: 'chapter with runnable programs',
    isPartOf: book,
  };
}
