/** The pages under /learn/ in their order: the chapters by number, then the pages without one. */
import { type CollectionEntry, getCollection } from 'astro:content';

/** Every page of the book's text. */
export async function bookPages(): Promise<CollectionEntry<'docs'>[]> {
  const pages = await getCollection('docs', ({ id }) => id.startsWith('learn/'));
  const place = ({ data }: CollectionEntry<'docs'>) => data.chapter ?? Number.POSITIVE_INFINITY;
  return pages.sort((a, b) => (place(a) === place(b) ? a.id.localeCompare(b.id) : place(a) - place(b)));
}

/** The numbered chapters alone. */
export async function chapterList(): Promise<CollectionEntry<'docs'>[]> {
  return (await bookPages()).filter(({ data }) => data.chapter !== undefined);
}

/** The title as lists show it: with its number, where it has one. */
export function numbered({ chapter, title }: { chapter?: number | undefined; title: string }): string {
  return chapter === undefined ? title : `${chapter}. ${title}`;
}
