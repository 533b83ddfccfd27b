/** The chapters in their order, read from the files themselves, so that no list has to be kept beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Slugs of the chapters in `folder` by the `chapter` number of their frontmatter, as Starlight's sidebar wants them. */
export function chapterSlugs(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => ({ slug: name.replace(/\.mdx$/, ''), place: placeOf(join(folder, name)) }))
    .sort((a, b) => a.place.chapter - b.place.chapter || a.place.part - b.place.part)
    .map(({ slug }) => `learn/${slug}`);
}

/** `chapter` and `part` of a file's frontmatter; pages without a number (the appendix) come after all chapters. */
function placeOf(path: string): { chapter: number; part: number } {
  const frontmatter = readFileSync(path, 'utf8').split(/^---$/m)[1] ?? '';
  const number = (key: string) => new RegExp(`^${key}:\\s*(\\d+)\\s*$`, 'm').exec(frontmatter)?.[1];
  return { chapter: Number(number('chapter') ?? Number.MAX_SAFE_INTEGER), part: Number(number('part') ?? 0) };
}
