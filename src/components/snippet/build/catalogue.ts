/** Built pages only. Every snippet of the book, read and compiled once a build. */
import { compile } from '../../../engine/index.ts';
import { digest } from './digest.ts';

/** What the book's own test says a snippet does; the listing shows it to readers without script. */
interface Expectation {
  readonly stdout?: readonly string[];
}

/** One snippet of the book, ready to place on a page. */
export interface CatalogueEntry {
  readonly name: string;
  /** The text, without the line end at its end. */
  readonly source: string;
  /** First comment of the file, as prose; empty where there is none. */
  readonly caption: string;
  readonly expected: readonly string[];
  /** Address of the compiled program below the site's root, and its JSON; null where the source does not compile. */
  readonly program: { readonly path: string; readonly json: string } | null;
}

const sources = import.meta.glob<string>('/src/content/snippets/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const expectations = import.meta.glob<Expectation>('/src/content/snippets/*.expect.json', {
  import: 'default',
  eager: true,
});

/** The first comment of a source as one sentence or more; empty where it starts with code. */
export function captionOf(source: string): string {
  const comment = /^(?:\/\/[^\n]*\n)+/.exec(`${source}\n`)?.[0] ?? '';
  return comment
    .replace(/^\/\/ ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function compiled(name: string, source: string): CatalogueEntry['program'] {
  try {
    const json = JSON.stringify(compile(source, { name: `${name}.ts` }));
    return { path: `programs/${name}.${digest(json)}.json`, json };
  } catch (error) {
    // Listings that show what does not compile are welcome; the worker then says why when they are run.
    console.warn(`[snippet] ${name}.ts does not compile: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

function entry(path: string, text: string): CatalogueEntry {
  const name = path.slice(path.lastIndexOf('/') + 1, -'.ts'.length);
  const source = text.trimEnd();
  const expected = expectations[path.replace(/\.ts$/, '.expect.json')]?.stdout ?? [];
  return { name, source, caption: captionOf(source), expected, program: compiled(name, source) };
}

/** All snippets, by name. */
export const catalogue: ReadonlyMap<string, CatalogueEntry> = new Map(
  Object.entries(sources)
    .filter(([path]) => !path.endsWith('.d.ts'))
    .map(([path, text]) => entry(path, text))
    .map((snippet) => [snippet.name, snippet]),
);

/** The snippet of that name. Throws with the nearest names when there is none. */
export function snippetNamed(name: string): CatalogueEntry {
  const found = catalogue.get(name);
  if (found) return found;
  const near = [...catalogue.keys()].filter((key) => key.includes(name) || name.includes(key));
  throw new Error(
    `There is no src/content/snippets/${name}.ts.${near.length > 0 ? ` Did you mean ${near.join(', ')}?` : ''}`,
  );
}
