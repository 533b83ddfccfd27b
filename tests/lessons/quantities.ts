/** Numbers with units in the text: which there are, and which come from nowhere. */
import { existsSync } from 'node:fs';
import { attributes, type Page, read } from './book.ts';

/** A number with its unit in one spelling, such as `5 ms` or `64 KB`. */
type Quantity = string;

const UNITS: Readonly<Record<string, string>> = {
  ns: 'ns',
  nanosecond: 'ns',
  nanoseconds: 'ns',
  µs: 'us',
  us: 'us',
  microsecond: 'us',
  microseconds: 'us',
  ms: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  KB: 'KB',
  kB: 'KB',
  KiB: 'KB',
  MB: 'MB',
  MiB: 'MB',
  megabyte: 'MB',
  megabytes: 'MB',
  GB: 'GB',
  GiB: 'GB',
  gigabyte: 'GB',
  gigabytes: 'GB',
  '%': '%',
  percent: '%',
};
const NUMBER = '(\\d[\\d,.]*\\d|\\d)';
const WRITTEN = new RegExp(
  `${NUMBER}(?:\\s*(?:to|and|or|–|against)\\s*${NUMBER})?\\s?(${Object.keys(UNITS).join('|')})(?![A-Za-z])`,
  'g',
);
const value = (text: string) => Number(text.replaceAll(/[,_]/g, ''));

/** The quantities that a text names. */
function written(text: string): Quantity[] {
  return [...text.matchAll(WRITTEN)].flatMap(([, first, second, unit]) =>
    [first, second].flatMap((number) => (number ? [`${value(number)} ${UNITS[unit ?? '']}`] : [])),
  );
}

/** The quantities of a program: what it asks for with `us(…)` and what it prints. */
function ofListing(name: string): Quantity[] {
  const source = read(`snippets/${name}.ts`);
  const asked = [...source.matchAll(/\b(ns|us|ms)\(([\d._]+)\)/g)].map(
    ([, unit, number]) => `${value(number ?? '')} ${unit}`,
  );
  const expected = `snippets/${name}.expect.json`;
  const file = new URL(`../../src/content/${expected}`, import.meta.url);
  return [...asked, ...written(source), ...(existsSync(file) ? written(read(expected)) : [])];
}

/** What a section supposes or shows: its listings, the cases its questions put, the answers it offers. */
function given(section: Page): Set<Quantity> {
  const cases = ['Predict', 'Why'].flatMap((name) => attributes(section, name, 'question'));
  const options = [...section.text.matchAll(/options=\{\[(.*?)\]\}/gs)].map(([, list]) => list ?? '');
  const labels = attributes(section, 'Choice', 'label');
  return new Set([
    ...attributes(section, 'Snippet', 'name').flatMap(ofListing),
    ...[...cases, ...options, ...labels].flatMap(written),
  ]);
}

/** A quantity that a paragraph states without a source, though the section neither supposes nor shows it. */
export interface Unsourced {
  /** `page#section`. */
  readonly where: string;
  readonly quantity: Quantity;
}

/** Every quantity of a page that has no source beside it and is neither supposed nor measured in its section. */
export function unsourced(page: Page): Unsourced[] {
  const sections = page.text.split(/^## /m).slice(1);
  return sections.flatMap((text) => {
    const section = { slug: page.slug, text };
    const known = given(section);
    const where = `${page.slug}#${/\{#([\w-]+)\}/.exec(text)?.[1] ?? ''}`;
    return text
      .split(/\n\n|\n(?=<Choice|<\/Choice|\| )/)
      .filter((block) => !block.includes('<Source') && !block.startsWith('<Snippet'))
      .map((block) => block.replaceAll(/<(?:Predict|Why|Choice)\b.*?>\n?/gs, ''))
      .flatMap(written)
      .filter((quantity) => !known.has(quantity))
      .map((quantity) => ({ where, quantity }));
  });
}
