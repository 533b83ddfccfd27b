/**
 * `npm run bench [-- NAME…] [--write]`: every benchmark, in Node and in Chromium, as tables of ratios. With
 * `--write`, docs/benchmarks.md is rewritten from them.
 */
import { writeFileSync } from 'node:fs';
import { benchInChromium, portable } from './browser.ts';
import { benchFigures } from './figures.ts';
import { benchPage } from './page.ts';
import { type Bench, type Table, toMarkdown } from './table.ts';

/** All benchmarks: those that run anywhere, the published figures (the same wherever they run), and the one that needs the built site. */
const all = [...portable, 'figures', 'page'];

const words = process.argv.slice(2);
const chosen = words.filter((word) => !word.startsWith('--'));
const unknown = chosen.find((name) => !all.includes(name));
if (unknown) {
  console.error(`There is no benchmark '${unknown}'. There are: ${all.join(', ')}.`);
  process.exit(2);
}

/** Where a benchmark runs, and how. */
async function placesOf(name: string): Promise<[string, () => Promise<readonly Table[]>][]> {
  if (name === 'page') return [['Chromium', benchPage]];
  if (name === 'figures') return [['anywhere', benchFigures]];
  const { default: bench } = (await import(`./portable/${name}.ts`)) as { default: Bench };
  return [
    [`Node ${process.versions.node}`, bench],
    ['Chromium', () => benchInChromium(name)],
  ];
}

const sections: string[] = [];
for (const name of chosen.length > 0 ? chosen : all) {
  for (const [place, measure] of await placesOf(name)) {
    const tables = await measure();
    const section = [`## ${name}, ${place}`, '', ...tables.map(toMarkdown)].join('\n');
    console.log(section);
    sections.push(section);
  }
}

if (words.includes('--write')) {
  const head = [
    '# Benchmarks',
    '',
    'Written by `npm run bench -- --write`. Every figure is a ratio to a baseline measured in the same run, so that the',
    'machine matters little; treat 20 % as noise.',
    '',
  ];
  writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), `${[...head, ...sections].join('\n')}`);
}
