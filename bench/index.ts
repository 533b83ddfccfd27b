/**
 * `npm run bench [-- NAME…] [--write]`: every benchmark, in Node and in Chromium, as tables of ratios. With
 * `--write`, docs/benchmarks.md is rewritten from them.
 */
import { writeFileSync } from 'node:fs';
import { benchInChromium, portable } from './browser.ts';
import { type Bench, type Table, toMarkdown } from './table.ts';

const words = process.argv.slice(2);
const chosen = words.filter((word) => !word.startsWith('--'));
const unknown = chosen.find((name) => !portable.includes(name));
if (unknown) {
  console.error(`There is no benchmark '${unknown}'. There are: ${portable.join(', ')}.`);
  process.exit(2);
}

const sections: string[] = [];
for (const name of chosen.length > 0 ? chosen : portable) {
  const { default: bench } = (await import(`./portable/${name}.ts`)) as { default: Bench };
  const places: [string, () => Promise<readonly Table[]>][] = [
    [`Node ${process.versions.node}`, bench],
    ['Chromium', () => benchInChromium(name)],
  ];
  for (const [place, measure] of places) {
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
