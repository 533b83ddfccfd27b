/** The machine and its kernel: how the cost of a run grows. (Published figures: `bench/figures.ts`.) */
import { compile, start } from '../../src/engine/index.ts';
import { seconds, type Table } from '../table.ts';

const NAMES = 'Process, Thread, compute, us';

/** The tables of this benchmark. */
export default async function kernel(): Promise<readonly Table[]> {
  return [growth()];
}

function run(program: string): readonly string[] {
  const it = start(compile(`import { ${NAMES} } from 'interleave';\n${program}`), {
    limits: { time: 1e13, steps: 1e12 },
  });
  while (!it.advance(10_000_000));
  return it.output.map(({ text }) => text);
}

/** Real time for each unit of a run that grows: constant where cost is linear. */
function growth(): Table {
  const threads = (n: number) =>
    `const all = []; for (let i = 0; i < ${n}; i++) all.push(new Thread(() => compute(us(5)))); for (const t of all) t.join();`;
  const processes = (n: number) =>
    `const all = []; for (let i = 0; i < ${n}; i++) all.push(new Process(() => compute(us(5)))); for (const p of all) p.wait();`;
  const perUnit = (program: (n: number) => string, n: number) => seconds(() => run(program(n)), 2) / n;
  const rows: (string | number)[][] = [];
  for (const [what, program, sizes] of [
    ['threads', threads, [100, 1000, 10_000]],
    ['processes', processes, [10, 100, 1000]],
  ] as const) {
    const base = perUnit(program, sizes[0]);
    for (const n of sizes) rows.push([what, n, perUnit(program, n) / base]);
  }
  return {
    title: 'How the cost of a run grows',
    note: 'Real time for one thread or process, against the smallest size in the same run. Linear growth keeps it at 1 or below; a fork replays its parent’s history, which here grows with every child.',
    columns: ['what', 'how many', 'ratio'],
    rows,
  };
}
