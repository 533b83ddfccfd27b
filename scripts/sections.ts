/**
 * docs/sections.md: what each section of the chapters has of what a section should have: a question, a wrong idea, a
 * prediction, a listing with an asserted outcome, a picture drawn from its run, two or three why-questions with a reason
 * behind every answer, and an interview question that links back. `node scripts/sections.ts --write` writes the file;
 * a test holds it up to date and fails where a section lacks something.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { attributes, type Page, PICTURES, pages, read, whyQuestions } from '../tests/lessons/book.ts';

/** A section of a chapter: what stands under one heading of the second level. */
interface Section {
  /** Its number, with a letter where it takes several pages. */
  readonly chapter: string;
  readonly slug: string;
  readonly id: string;
  /** Its own id and those of the headings inside it. */
  readonly ids: readonly string[];
  readonly page: Page;
}

/** The table, and what is missing (empty where all is well). */
export interface SectionReport {
  readonly markdown: string;
  readonly problems: readonly string[];
}

/** Sections that are there to be looked up and make no claim of their own, each with the reason. */
const REFERENCE: Readonly<Record<string, string>> = {
  'stuck#telling-apart': 'sums up the five kinds of stop; each row links to the section that shows it',
  'choosing#where-to-read-on': 'points to other pages',
};
/** Chapters end in a summary, which repeats and claims nothing new. */
const SUMMARY = 'sums up the chapter';

const content = new URL('../src/content/', import.meta.url);
const has = (path: string) => existsSync(new URL(path, content));

function sectionsOf({ slug, text }: Page): Section[] {
  const front = load(/^---\n(.*?)\n---\n/s.exec(text)?.[1] ?? '') as {
    chapter?: number;
    part?: number;
  };
  if (front.chapter === undefined) return [];
  const chapter = `${front.chapter}${'abc'.charAt((front.part ?? 0) - 1)}`;
  return text
    .split(/^## /m)
    .slice(1)
    .map((body) => {
      const ids = [...body.matchAll(/^.*\{#([\w-]+)\}\s*$/gm)].map(([, id]) => id as string);
      return { chapter, slug, id: ids[0] ?? '', ids, page: { slug, text: body } };
    });
}

/** Why a section need not have everything, or null. */
function exemption({ slug, id }: Section): string | null {
  if (id === 'summary') return SUMMARY;
  return REFERENCE[`${slug.replace('learn/', '')}#${id}`] ?? null;
}

/** Interview questions asked in the section that name it as theirs. */
function linkedInterviews({ page, slug, ids }: Section): string[] {
  return attributes(page, 'Interview', 'id').filter((id) => {
    if (!has(`interview/${id}.md`)) return false;
    const link = /^section: \/(.*)\/#(.*)$/m.exec(read(`interview/${id}.md`));
    return link?.[1] === slug && ids.includes(link[2] ?? '');
  });
}

/** What the section lacks, in words. */
function missing(section: Section): string[] {
  const { page } = section;
  const names = attributes(page, 'Snippet', 'name');
  const whys = whyQuestions(page);
  const wants: [boolean, string][] = [
    [attributes(page, 'Question', 'id').length === 1, 'one question'],
    [page.text.includes('<WrongIdea>'), 'a wrong idea'],
    [attributes(page, 'Predict', 'id').length > 0, 'a prediction'],
    [names.length > 0, 'a listing'],
    [names.every((name) => has(`snippets/${name}.expect.json`)), 'an asserted outcome for each listing'],
    [whys.length >= 2 && whys.length <= 3, 'two or three why-questions'],
    [whys.every(({ choices }) => choices.length >= 2), 'at least two answers to each why-question'],
    [
      whys.every(({ choices }) => choices.every(({ reason }) => reason !== '')),
      'a reason behind every answer',
    ],
    [whys.every(({ choices }) => choices.filter(({ correct }) => correct).length === 1), 'one right answer'],
    [linkedInterviews(section).length > 0, 'an interview question that links back'],
  ];
  return wants.filter(([there]) => !there).map(([, what]) => what);
}

function row(section: Section): string {
  const { chapter, slug, id, page } = section;
  const name = `[${id}](../src/content/docs/${slug}.mdx)`;
  const reason = exemption(section);
  if (reason) return `| ${chapter} | ${name} | | | | | | ${reason} |`;
  const count = (tag: string) => page.text.match(new RegExp(`<${tag}\\b`, 'g'))?.length ?? 0;
  const listings = attributes(page, 'Snippet', 'name');
  return `| ${[
    chapter,
    name,
    count('WrongIdea'),
    count('Predict'),
    listings.map((listing) => `[${listing}](../src/content/snippets/${listing}.ts)`).join(', '),
    listings.length + PICTURES.reduce((sum, tag) => sum + count(tag), 0),
    whyQuestions(page).length,
    linkedInterviews(section)
      .map((question) => `[${question}](../src/content/interview/${question}.md)`)
      .join(', '),
  ].join(' | ')} |`;
}

/** Gather the sections of all chapters in their order and say what each lacks. */
export function sectionReport(): SectionReport {
  const sections = pages()
    .flatMap(sectionsOf)
    .sort((a, b) => a.chapter.localeCompare(b.chapter, 'en', { numeric: true }));
  const problems = sections
    .filter((section) => exemption(section) === null)
    .flatMap((section) => missing(section).map((what) => `${section.slug}#${section.id} lacks ${what}`));
  const head = [
    '# Sections',
    '',
    'What each section of the chapters has. Made by `node scripts/sections.ts --write`. Every section opens with a question;',
    'every listing has an asserted outcome and a picture drawn from its run. A section that is there to be looked up says why',
    'it has nothing else.',
    '',
    '| chapter | section | wrong ideas | predictions | listings | pictures | why-questions | interview questions |',
    '|---:|---|---:|---:|---|---:|---:|---|',
  ];
  return { markdown: `${[...head, ...sections.map(row)].join('\n')}\n`, problems };
}

if (process.argv[1]?.endsWith('sections.ts')) {
  const { markdown, problems } = sectionReport();
  for (const problem of problems) console.error(problem);
  const file = new URL('../docs/sections.md', import.meta.url);
  if (process.argv.includes('--write')) writeFileSync(file, markdown);
  else if (readFileSync(file, 'utf8') !== markdown) console.error('docs/sections.md is out of date');
  process.exitCode = problems.length > 0 ? 1 : 0;
}
