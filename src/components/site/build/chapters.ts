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

/** The `chapter` of a file's frontmatter; pages without one (the appendix) come after all chapters. */
function chapterNumber(path: string): number {
  const frontmatter = readFileSync(path, 'utf8').split(/^---$/m)[1] ?? '';
  const [, number] = /^chapter:\s*(\d+)\s*$/m.exec(frontmatter) ?? [];
  return number ? Number(number) : Number.MAX_SAFE_INTEGER;
}
