/** The chapters in their order. */
import { type CollectionEntry, getCollection } from 'astro:content';

/** Every chapter of the book, by number. */
export async function chapterList(): Promise<CollectionEntry<'docs'>[]> {
  const chapters = await getCollection('docs', ({ data }) => data.chapter !== undefined);
  return chapters.sort((a, b) => (a.data.chapter ?? 0) - (b.data.chapter ?? 0));
}
