/** Published figures beside the simulated ones: each experiment is a snippet of the book, run with the publication's sizes. */
import { readFileSync } from 'node:fs';
import { compile, start } from '../src/engine/index.ts';
import { type Experiment, experiments } from './kernel/experiments.ts';
import type { Table } from './table.ts';

/** The one table. Simulated times are the same wherever they are run. */
export async function benchFigures(): Promise<readonly Table[]> {
  return [
    {
      title: 'Published figures and the simulated machine',
      note: 'Nanoseconds. Role: input, a cost was set to it; fitted, a parameter was chosen to meet it; predicted, neither. The aim is a ratio between 0.5 and 2. Each experiment is a listing in `src/content/snippets`.',
      columns: ['experiment', 'listing', 'source', 'role', 'published', 'simulated', 'ratio'],
      rows: experiments.map(row),
    },
  ];
}

function row(experiment: Experiment): (string | number)[] {
  const { name, snippet, source, role, published } = experiment;
  const [low, high] = published;
  const simulated = simulate(experiment);
  const nearest = Math.min(high, Math.max(low, simulated));
  const range = low === high ? low : `${low} to ${high}`;
  return [name, snippet, source, role, range, Math.round(simulated), simulated / nearest];
}

/** Nanoseconds that an experiment's snippet prints, with its sizes in place of the listing's. */
export function simulate({ snippet, sizes = {}, line = 0 }: Experiment): number {
  const source = readFileSync(new URL(`../src/content/snippets/${snippet}.ts`, import.meta.url), 'utf8');
  const run = start(compile(withSizes(source, sizes), { name: `${snippet}.ts` }), {
    limits: { time: 1e13, steps: 1e12 },
  });
  while (!run.advance(10_000_000));
  const printed = /: +([\d.]+) ns/.exec(run.output[line]?.text ?? '')?.[1];
  if (printed === undefined) throw new Error(`${snippet} printed no time: ${run.report().error?.message}`);
  return Number(printed);
}

function withSizes(source: string, sizes: Readonly<Record<string, number>>): string {
  let changed = source;
  for (const [name, value] of Object.entries(sizes)) {
    const constant = new RegExp(`^const ${name} = \\d+;$`, 'm');
    if (!constant.test(changed)) throw new Error(`The listing has no size called ${name}.`);
    changed = changed.replace(constant, `const ${name} = ${value};`);
  }
  return changed;
}
