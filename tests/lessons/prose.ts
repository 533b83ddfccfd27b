/** The words of the book and of the docs, without code, links and markup, for the tests of spelling and of terms. */
import { readdirSync, readFileSync } from 'node:fs';

/** A file with prose in it. */
export interface Prose {
  /** Path from the root of the repository. */
  readonly path: string;
  /** Its sentences; line breaks are where they are in the file. */
  readonly text: string;
}

const root = new URL('../../', import.meta.url);
/** Made by scripts from names and figures, not written. */
const GENERATED = /^docs\/(coverage|sections|benchmarks)\.md$/;

function files(folder: string, ending: string): string[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}${name}`)
    .sort();
}

/** Of a file's frontmatter, the fields that readers see. */
const frontmatter = (text: string) =>
  [...text.matchAll(/^(?:title|description|summary|question|term|short|goal): *(.*)$/gm)]
    .map(([, value]) => value?.replaceAll("''", "'"))
    .join('\n');

/** Markdown or MDX without frontmatter, code, addresses, and tags; of a tag's attributes, those that readers see. */
function words(text: string): string {
  const [, head = '', body = text] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  const shown = /\b(?:question|label|title|aria-label)="([^"]*)"|options=\{\[(.*?)\]\}/gs;
  const prose = body
    .replace(/^( *)```.*?^\1```/gms, '')
    .replace(/`[^`]*`/g, ' ')
    .replace(/\{#[\w-]+\}/g, '')
    .replace(
      /<(?:path|rect|circle|defs|marker|g|svg)\b[^>]*>/g,
      (tag) => ` ${/aria-label="([^"]*)"/.exec(tag)?.[1] ?? ''} `,
    )
    .replace(
      /<\/?[A-Za-z][^<>]*>/gs,
      (tag) =>
        ` ${[...tag.matchAll(shown)].map(([, attribute, options]) => attribute ?? options).join('\n')} `,
    )
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/https?:\/\/\S+/g, '')
    .replace(/&\w+;/g, ' ');
  return `${frontmatter(head)}\n${prose}`;
}

/** The comments of a listing. */
const comments = (text: string) =>
  [...text.matchAll(/(?:^|\s)\/\/ (.*)$/gm)].map(([, comment]) => comment).join('\n');

const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Everything people read: chapters, questions, glossary, exercises, comments of listings, README and docs. */
export function prose(): Prose[] {
  const markdown = [
    ...['docs/', 'interview/', 'glossary/', 'exercises/'].flatMap((folder) =>
      ['.mdx', '.md'].flatMap((ending) => files(`src/content/${folder}`, ending)),
    ),
    ...files('docs/', '.md').filter((path) => !GENERATED.test(path)),
    'README.md',
    'CONTRIBUTING.md',
  ];
  return [
    ...markdown.map((path) => ({ path, text: words(read(path)) })),
    ...files('src/content/snippets/', '.ts').map((path) => ({ path, text: comments(read(path)) })),
  ];
}
