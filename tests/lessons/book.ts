import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';

const content = new URL('../../src/content/', import.meta.url);

/** A page of the book as its author wrote it. */
export interface Page {
  /** Path under the site, without slashes at its ends: `learn/threads`. */
  readonly slug: string;
  readonly text: string;
}

function names(folder: string, extension: string): string[] {
  return readdirSync(new URL(folder, content), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length));
}

export const read = (path: string): string => readFileSync(new URL(path, content), 'utf8');

/** Every page under src/content/docs. */
export const pages = (): Page[] =>
  names('docs/', '.mdx').map((name) => ({ slug: name, text: read(`docs/${name}.mdx`) }));

/** Every page that shows components: chapters, cover and exercises. */
export const interviews = (): { id: string; section: string; question: string; topics: string[] }[] =>
  names('interview/', '.md').map((id) => ({
    id,
    ...(load(/^---\n(.*?)\n---/s.exec(read(`interview/${id}.md`))?.[1] ?? '') as {
      section: string;
      question: string;
      topics: string[];
    }),
  }));

export const glossary = (): Set<string> => new Set(names('glossary/', '.md'));
export const snippets = (): Set<string> => new Set(names('snippets/', '.ts'));
export const figures = (): Set<string> => new Set(Object.keys(JSON.parse(read('sources/figures.json'))));

/** The values of one attribute of one component on a page: `attributes(page, 'Term', 'id')`. */
export function attributes({ text }: Page, component: string, attribute: string): string[] {
  const tags = text.match(new RegExp(`<${component}\\b[^>]*>`, 'gs')) ?? [];
  return tags.flatMap((tag) => new RegExp(`\\s${attribute}="([^"]*)"`).exec(tag)?.[1] ?? []);
}

/** Components that draw a picture, beside the one of each listing's run. */
export const PICTURES = ['Figure', 'LifeCycle', 'PageTables', 'Bills', 'Managers', 'Ladder'] as const;

/** Ids a page can be linked to by: headings, questions, predictions, why-questions, figures, and those of sections that moved. */
export function ids(page: Page): string[] {
  const headings = [...page.text.matchAll(/^#{2,4} .*\{#([\w-]+)\}\s*$/gm)].map(([, id]) => id as string);
  const components = ['Question', 'Predict', 'Why', ...PICTURES].flatMap((name) =>
    attributes(page, name, 'id'),
  );
  const moved = attributes(page, 'Moved', 'ids').flatMap((list) => list.split(' '));
  // A listing's id is no promise: it is named after the listing, wherever that stands.
  return [...headings, ...components, ...moved.filter((id) => !id.startsWith('snippet-'))];
}

/** One answer to a why-question. */
export interface Choice {
  readonly label: string;
  readonly correct: boolean;
  /** What is unfolded below the answer. */
  readonly reason: string;
}

/** The why-questions of a page, with their answers in the order the reader sees. */
export function whyQuestions({ text }: Page): { id: string; choices: Choice[] }[] {
  return [...text.matchAll(/<Why id="([^"]+)".*?<\/Why>/gs)].map(([why, id]) => ({
    id: id as string,
    choices: [...why.matchAll(/<Choice( correct)? label="([^"]*)">(.*?)<\/Choice>/gs)].map(
      ([, correct, label, reason]) => ({
        label: label as string,
        correct: correct !== undefined,
        reason: (reason as string).trim(),
      }),
    ),
  }));
}

/** The predictions of a page: what can be chosen, and the index of what happens. */
export function predictions({ text }: Page): { id: string; options: string[]; answer: number }[] {
  const pattern = /<Predict id="([^"]+)"[^>]*?options=\{\[(.*?)\]\} answer=\{(\d)\}/gs;
  return [...text.matchAll(pattern)].map(([, id, options, answer]) => ({
    id: id as string,
    options: [...(options as string).matchAll(/"([^"]*)"/g)].map(([, option]) => option as string),
    answer: Number(answer),
  }));
}
