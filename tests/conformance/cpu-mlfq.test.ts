import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile, type Report, start } from '../../src/engine/index.ts';

interface Case {
  readonly id: string;
  readonly tags: readonly string[];
  readonly input: {
    readonly numQueues: number;
    readonly quantum: readonly number[];
    readonly allotment: readonly number[];
    readonly boost: number;
    readonly ioTime: number;
    readonly stay: boolean;
    readonly iobump: boolean;
    readonly jobs: readonly { readonly start: number; readonly run: number; readonly ioFreq: number }[];
  };
  readonly expected: {
    readonly jobs: readonly { readonly firstRun: number; readonly finish: number }[];
    readonly ticks: readonly (readonly [job: number, ...rest: number[]] | null)[];
  };
}

const { cases } = JSON.parse(readFileSync(new URL('oracles/cpu-mlfq.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

/** One tick of the oracle, in virtual nanoseconds. */
const TICK = 1000;

function program(input: Case['input']): string {
  const policy = {
    name: 'mlfq',
    queues: input.numQueues,
    quanta: input.quantum.map((ticks) => ticks * TICK),
    allotments: input.allotment,
    boost: input.boost * TICK,
    stay: input.stay,
    front: input.iobump,
  };
  const jobs = input.jobs.map(
    (job, i) =>
      `new Thread(job(${job.run}, ${job.ioFreq}, 'device ${i}'), { arrival: ${job.start * TICK} });`,
  );
  return [
    `import { compute, io, machine, Thread } from 'interleave';`,
    `machine({ cores: 1, costs: 'free', policy: ${JSON.stringify(policy)} });`,
    `const job = (run, every, device) => () => {`,
    `  for (let left = run; left > 0; ) {`,
    `    const burst = every > 0 ? Math.min(every, left) : left;`,
    `    compute(burst * ${TICK});`,
    `    left -= burst;`,
    `    if (left > 0) io(${input.ioTime * TICK}, device);`,
    `  }`,
    `};`,
    ...jobs,
  ].join('\n');
}

function run(input: Case['input']): Report {
  const running = start(compile(program(input), { name: 'jobs.ts' }));
  while (!running.advance(1_000_000));
  return running.report();
}

/** The job that runs in each tick, null where none does. */
function byTick({ timeline }: Report, ticks: number): (number | null)[] {
  const jobs: (number | null)[] = Array(ticks).fill(null);
  for (const { tid, start: begin, end } of timeline) {
    if (tid > 1) for (let t = begin / TICK; t < end / TICK; t++) jobs[t] = tid - 2;
  }
  return jobs;
}

describe.each(cases)('$id $tags', ({ input, expected }) => {
  test('every tick belongs to the same job as in the oracle', () => {
    const report = run(input);
    expect(report.status).toBe('exited');
    expect(byTick(report, expected.ticks.length)).toEqual(expected.ticks.map((tick) => tick?.[0] ?? null));
    const jobs = report.threads.filter(({ tid }) => tid > 1);
    expect(
      jobs.map(({ firstRun, finished }) => ({
        firstRun: (firstRun ?? 0) / TICK,
        finish: (finished ?? 0) / TICK,
      })),
    ).toEqual(expected.jobs.map(({ firstRun, finish }) => ({ firstRun, finish })));
  });
});
