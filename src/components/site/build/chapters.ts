/** The chapters in their order, read from the files themselves, so that no list has to be kept beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Slugs of the chapters in `folder` by the `chapter` number of their frontmatter, as Starlight's sidebar wants them. */
export function chapterSlugs(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => ({ slug: name.replace(/\.mdx$/, ''), number: chapterNumber(join(folder, name)) }))
    .sort((a, b) => a.number - b.number)
    .map(({ slug }) => `learn/${slug}`);
}

/** The `chapter` of a file's frontmatter. Throws when there is none, for then the chapter would have no place. */
function chapterNumber(path: string): number {
  const [, number] =
    /^---\n[\s\S]*?^chapter:\s*(\d+)\s*$[\s\S]*?^---$/m.exec(readFileSync(path, 'utf8')) ?? [];
  if (!number) throw new Error(`${path}: no "chapter: N" in the frontmatter; add the chapter's number.`);
  return Number(number);
}
