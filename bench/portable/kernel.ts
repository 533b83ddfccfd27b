/** The machine and its kernel: how the cost of a run grows. (Published figures: `bench/figures.ts`.) */
import { compile, start } from '../../src/engine/index.ts';
import { seconds, type Table } from '../table.ts';

const NAMES = 'Process, Thread, compute, us';

/** The tables of this benchmark. */
export default async function kernel(): Promise<readonly Table[]> {
  return [growth()];
}

function run(program: string, cores: number): void {
  const it = start(compile(`import { ${NAMES} } from 'interleave';\n${program}`), {
    cores,
    limits: { time: 1e13, steps: 1e12 },
  });
  while (!it.advance(10_000_000));
  const { status, error } = it.report();
  if (status !== 'exited' || error) throw new Error(`benchmark ended with ${status}: ${error?.message}`);
}

const threads = (n: number): string =>
  `const all = []; for (let i = 0; i < ${n}; i++) all.push(new Thread(() => compute(us(5)))); for (const t of all) t.join();`;
const processes = (n: number): string =>
  `const all = []; for (let i = 0; i < ${n}; i++) all.push(new Process(() => compute(us(5)))); for (const p of all) p.wait();`;
const shares = (n: number): string =>
  `const sums = []; const all = []; for (let i = 0; i < ${n}; i++) all.push(new Thread(() => { sums[i] = 0; for (let k = 0; k < 200; k++) sums[i] += k; compute(us(20)); })); for (const t of all) t.join();`;

/** Real time for one unit of a run that grows: constant where cost is linear. */
function growth(): Table {
  const rows: (string | number)[][] = [];
  const grow = (what: string, sizes: readonly number[], base: number, time: (n: number) => number) => {
    const baseTime = time(base);
    for (const n of sizes) rows.push([what, n, n === base ? 1 : time(n) / baseTime]);
  };
  const each = (program: (n: number) => string) => (n: number) =>
    seconds(() => run(program(n), 2), n < 1000 ? 5 : 2) / n;
  grow('threads', [10, 100, 1000, 10_000], 100, each(threads));
  grow('processes', [1, 10, 100, 1000], 10, each(processes));
  grow('cores', [1, 4, 16, 64], 1, (cores) => seconds(() => run(shares(256), cores), 3));
  return {
    title: 'How the cost of a run grows',
    note: 'Real time for one thread or process, against 100 threads and 10 processes in the same run: 1 or below is linear or better. The smallest runs carry the start of the machine. A fork replays its parent’s history, which here grows with every child. Cores: real time of the same 256 threads, against one core.',
    columns: ['what', 'how many', 'ratio'],
    rows,
  };
}
