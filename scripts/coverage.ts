/**
 * docs/coverage.md: where each concept is taught, shown, tested and asked. Made from the `covers` lists in the
 * chapters' frontmatter; `node scripts/coverage.ts --write` writes the file, a test holds it up to date.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** One line of a chapter's `covers` list. */
interface Cover {
  readonly concept: number;
  /** Id of the heading. */
  readonly section: string;
  /** Name of the listing under src/content/snippets. */
  readonly snippet: string;
  /** Name of the question under src/content/interview. */
  readonly interview: string;
}

interface Concept {
  readonly number: number;
  readonly group: string;
  readonly name: string;
}

/** The table, and what is wrong with the lists it was made from (empty where all is well). */
export interface Coverage {
  readonly markdown: string;
  readonly problems: readonly string[];
}

const content = new URL('../src/content/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, content), 'utf8');
const has = (path: string) => existsSync(new URL(path, content));

function chapters(): { slug: string; text: string; covers: readonly Cover[] }[] {
  return readdirSync(new URL('docs/learn/', content))
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => {
      const text = read(`docs/learn/${file}`);
      const frontmatter = load(/^---\n(.*?)\n---\n/s.exec(text)?.[1] ?? '') as { covers?: readonly Cover[] };
      return { slug: file.slice(0, -'.mdx'.length), text, covers: frontmatter.covers ?? [] };
    });
}

/** Gather what the chapters say they cover and check that each part of it exists. */
export function coverage(): Coverage {
  const concepts = JSON.parse(read('concepts.json')) as Concept[];
  const problems: string[] = [];
  const rows = new Map<number, string>();
  for (const { slug, text, covers } of chapters()) {
    for (const { concept, section, snippet, interview } of covers) {
      const where = `${slug}.mdx, concept ${concept}`;
      if (!concepts.some(({ number }) => number === concept))
        problems.push(`${where}: there is no such concept`);
      if (!text.includes(`{#${section}}`))
        problems.push(`${where}: the chapter has no heading {#${section}}`);
      if (!has(`snippets/${snippet}.ts`)) problems.push(`${where}: there is no listing ${snippet}.ts`);
      if (!has(`snippets/${snippet}.expect.json`))
        problems.push(`${where}: ${snippet} has no expected outcome`);
      if (!has(`interview/${interview}.md`)) problems.push(`${where}: there is no question ${interview}.md`);
      if (rows.has(concept)) continue;
      const links = [
        `[${section}](../src/content/docs/learn/${slug}.mdx)`,
        `[${snippet}](../src/content/snippets/${snippet}.ts)`,
        `[${snippet}.expect](../src/content/snippets/${snippet}.expect.json)`,
        `[${interview}](../src/content/interview/${interview}.md)`,
      ];
      rows.set(concept, links.join(' | '));
    }
  }
  for (const { number, name } of concepts) {
    if (!rows.has(number)) problems.push(`concept ${number} (${name}) is covered by no chapter`);
  }
  const lines = concepts.map(
    ({ number, name }) => `| ${number} | ${name} | ${rows.get(number) ?? ' | | |'} |`,
  );
  const head = [
    '# Coverage',
    '',
    'Made from the `covers` lists of the chapters by `node scripts/coverage.ts --write`.',
    '',
    '| | concept | section | listing | its test | question |',
    '|---:|---|---|---|---|---|',
  ];
  return { markdown: `${[...head, ...lines].join('\n')}\n`, problems };
}

if (process.argv[1]?.endsWith('coverage.ts')) {
  const { markdown, problems } = coverage();
  for (const problem of problems) console.error(problem);
  if (process.argv.includes('--write'))
    writeFileSync(new URL('../docs/coverage.md', import.meta.url), markdown);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
