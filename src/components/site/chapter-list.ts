/** The pages under /learn/ in their order: the chapters by number, then the pages without one. */
import { type CollectionEntry, getCollection } from 'astro:content';

/** Every page of the book's text. */
export async function bookPages(): Promise<CollectionEntry<'docs'>[]> {
  const pages = await getCollection('docs', ({ id }) => id.startsWith('learn/'));
  const place = ({ data }: CollectionEntry<'docs'>) => data.chapter ?? Number.MAX_SAFE_INTEGER;
  const part = ({ data }: CollectionEntry<'docs'>) => data.part ?? 0;
  return pages.sort((a, b) => place(a) - place(b) || part(a) - part(b) || a.id.localeCompare(b.id));
}

/** The numbered chapters alone. */
export async function chapterList(): Promise<CollectionEntry<'docs'>[]> {
  return (await bookPages()).filter(({ data }) => data.chapter !== undefined);
}

/** A page's place in the book, from its frontmatter. */
interface Place {
  readonly chapter?: number | undefined;
  readonly part?: number | undefined;
}

/** The number of a chapter, with a letter where it takes several pages: `8a`, `8b`. Empty without a number. */
export function chapterNumber({ chapter, part }: Place): string {
  return `${chapter ?? ''}${part === undefined ? '' : 'abcdef'.charAt(part - 1)}`;
}

/** The title as lists show it: with its number, where it has one. */
export function numbered({ chapter, part, title }: Place & { readonly title: string }): string {
  return chapter === undefined ? title : `${chapterNumber({ chapter, part })}. ${title}`;
}
