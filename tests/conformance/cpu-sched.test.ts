import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile, type Report, start } from '../../src/engine/index.ts';

interface Case {
  readonly id: string;
  readonly input: {
    readonly policy: string;
    readonly quantum: number | null;
    readonly lengths: readonly number[];
  };
  readonly expected: {
    readonly jobs: readonly {
      readonly response: number;
      readonly turnaround: number;
      readonly wait: number;
    }[];
    readonly trace: readonly (readonly [start: number, job: number, ranFor: number, doneAt: number | null])[];
  };
}

const { cases } = JSON.parse(readFileSync(new URL('oracles/cpu-sched.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

/** One tick of the oracle, in virtual nanoseconds. */
const TICK = 1000;

/** The jobs of a case as threads that are all there before the first of them runs. */
function program({ policy, quantum, lengths }: Case['input']): string {
  const slice = quantum === null ? '' : `, quantum: ${quantum * TICK}`;
  const jobs = lengths.map((length) => {
    const time = length * TICK;
    return `new Thread(() => compute(${time}), { expected: ${time} });`;
  });
  return [
    `import { compute, machine, Thread } from 'interleave';`,
    `machine({ cores: 1, costs: 'free', policy: '${policy.toLowerCase()}'${slice} });`,
    ...jobs,
  ].join('\n');
}

function run(input: Case['input']): Report {
  const running = start(compile(program(input), { name: 'jobs.ts' }));
  while (!running.advance(1_000_000));
  return running.report();
}

/** Stretches of the same job one after the other, joined: the oracle has a row for each quantum. */
function joined(trace: Case['expected']['trace']): { job: number; start: number; end: number }[] {
  const stretches: { job: number; start: number; end: number }[] = [];
  for (const [begin, job, ranFor] of trace) {
    const last = stretches.at(-1);
    if (last?.job === job && last.end === begin) last.end += ranFor;
    else stretches.push({ job, start: begin, end: begin + ranFor });
  }
  return stretches;
}

describe.each(cases)('$id', ({ input, expected }) => {
  test(`${input.policy} runs the jobs as the oracle does`, () => {
    const { threads, timeline } = run(input);
    const jobs = threads.filter(({ tid }) => tid > 1);
    const tick = (time: number | null) => (time ?? Number.NaN) / TICK;
    expect(
      jobs.map(({ firstRun, finished, cpu }) => ({
        response: tick(firstRun),
        turnaround: tick(finished),
        wait: tick(finished) - tick(cpu),
      })),
    ).toEqual(expected.jobs.map(({ response, turnaround, wait }) => ({ response, turnaround, wait })));
    const ran = timeline.filter(({ tid, start: begin, end }) => tid > 1 && end > begin);
    expect(
      ran.map(({ tid, start: begin, end }) => ({ job: tid - 2, start: tick(begin), end: tick(end) })),
    ).toEqual(joined(expected.trace));
  });
});
