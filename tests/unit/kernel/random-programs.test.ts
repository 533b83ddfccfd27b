import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile, type Report, type Run, type RunOptions, start } from '../../../src/engine/index.ts';
import { knownPrograms, machines } from './random-programs.ts';

const RUNS = { numRuns: Number(process.env.RANDOM_PROGRAMS ?? 40) };

function run(source: string, machine: RunOptions, portion = 1_000_000): Run {
  const it = start(compile(source, { name: 'random.ts' }), machine);
  while (!it.advance(portion));
  return it;
}

/** What the machine says it did. */
const bytes = (it: Run) =>
  JSON.stringify([it.report(), it.trace()], (_, value) =>
    ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value,
  );

test('no wake-up is lost and nothing is counted twice: every program ends with the result it must have', () => {
  fc.assert(
    fc.property(knownPrograms, machines, ({ source, lines }, machine) => {
      const report = run(source, machine).report();
      expect([report.status, report.error?.message]).toEqual(['exited', undefined]);
      expect(report.stdout.map(({ text }) => text)).toEqual(lines);
    }),
    RUNS,
  );
});

test('CPU time is conserved: useful, overhead and idle add up to cores times time, to the tick', () => {
  fc.assert(
    fc.property(knownPrograms, machines, ({ source }, machine) => {
      const { metrics, time } = run(source, machine).report();
      expect(metrics.useful + metrics.overhead + metrics.idle).toBe((machine.cores as number) * time);
      for (const part of [metrics.useful, metrics.overhead, metrics.idle])
        expect(part).toBeGreaterThanOrEqual(0);
    }),
    RUNS,
  );
});

/** The intervals of one core, or of one thread, do not overlap. */
function expectApart(intervals: Report['timeline']): void {
  const sorted = intervals.toSorted((a, b) => a.start - b.start || a.end - b.end);
  sorted.forEach(({ start: begin }, i) => {
    expect(begin).toBeGreaterThanOrEqual(sorted[i - 1]?.end ?? 0);
  });
}

test('a core runs one thread at a time, a thread runs on one core at a time, and what it ran is its CPU time', () => {
  fc.assert(
    fc.property(knownPrograms, machines, ({ source }, machine) => {
      const { timeline, threads } = run(source, machine).report();
      for (let core = 0; core < (machine.cores as number); core++)
        expectApart(timeline.filter((it) => it.core === core));
      for (const { tid, cpu } of threads) {
        const own = timeline.filter((it) => it.tid === tid);
        expectApart(own);
        expect(own.reduce((total, { start: begin, end }) => total + end - begin, 0)).toBe(cpu);
      }
    }),
    RUNS,
  );
});

test('the same program, machine and seed make the same run, byte for byte, in whatever portions it is run', () => {
  fc.assert(
    fc.property(
      knownPrograms,
      machines,
      fc.integer({ min: 1, max: 5000 }),
      ({ source }, machine, portion) => {
        expect(bytes(run(source, machine, portion))).toBe(bytes(run(source, machine)));
      },
    ),
    RUNS,
  );
});
