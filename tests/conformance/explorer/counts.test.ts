import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Exploration } from '../../../src/engine/explorer/exploration.ts';
import * as programs from './programs.ts';
import { ToyExecution, type ToyProgram } from './toy.ts';

interface Counted {
  readonly program: string;
  readonly traces: number;
  readonly interleavings: number;
}

const oracle = JSON.parse(readFileSync(new URL('../oracles/explorer.json', import.meta.url), 'utf8'));
const computed = new Map<string, Counted>(
  oracle.trace_counts.map((entry: Counted) => [entry.program, entry]),
);
const published: Record<string, Record<string, number>> = oracle.genmc_expected_sc;

function explore(
  program: ToyProgram,
  options: { strategy?: 'dpor' | 'all'; preemptions?: number } = {},
): Exploration {
  const exploration = new Exploration(new ToyExecution(program), {
    strategy: 'dpor',
    max: 10_000_000,
    seed: 1,
    steps: 10_000,
    ...options,
  });
  while (!exploration.advance(10_000)) {}
  return exploration;
}

const { litmus } = programs;
const cases: Record<string, ToyProgram> = {
  SB: litmus(
    2,
    [
      [0, 1],
      [1, 'r0'],
    ],
    [
      [1, 1],
      [0, 'r1'],
    ],
  ),
  MP: litmus(
    2,
    [
      [0, 1],
      [1, 1],
    ],
    [
      [1, 'r0'],
      [0, 'r1'],
    ],
  ),
  LB: litmus(
    2,
    [
      [1, 'r0'],
      [0, 1],
    ],
    [
      [0, 'r1'],
      [1, 1],
    ],
  ),
  '2+2W': litmus(
    2,
    [
      [0, 1],
      [1, 2],
    ],
    [
      [1, 1],
      [0, 2],
    ],
  ),
  IRIW: litmus(
    2,
    [[0, 1]],
    [
      [0, 'r0'],
      [1, 'r1'],
    ],
    [
      [1, 'r2'],
      [0, 'r3'],
    ],
    [[1, 1]],
  ),
  WRC: litmus(
    2,
    [[0, 1]],
    [
      [0, 'r0'],
      [1, 1],
    ],
    [
      [1, 'r1'],
      [0, 'r2'],
    ],
  ),
  CoRR: litmus(
    1,
    [
      [0, 1],
      [0, 2],
    ],
    [
      [0, 'r0'],
      [0, 'r1'],
    ],
  ),
  'readers(2)': programs.readers(2),
  'readers(6)': programs.readers(6),
  'readers(8)': programs.readers(8),
  'lastzero(1)': programs.lastzero(1),
  'lastzero(3)': programs.lastzero(3),
  'lastzero(5)': programs.lastzero(5),
  'lastzero(7)': programs.lastzero(7),
  'ainc(5)': programs.atomicIncrements(5, 1),
  'binc(3)': programs.atomicIncrements(3, 2),
  'cinc(3)': programs.atomicIncrements(3, 3),
  'inc(3 threads x 1)': programs.increments(3, 1),
  'inc(4 threads x 1)': programs.increments(4, 1),
  'inc(2 threads x 3)': programs.increments(2, 3),
  'inc(2 threads x 4)': programs.increments(2, 4),
  'rw(4)': programs.readThenWrite(4, false),
  'wrw(4)': programs.readThenWrite(4, true),
  'casrot(4)': programs.casRotation(4),
  'casrot(6)': programs.casRotation(6),
  'casw(4)': programs.casThenWrite(4),
  'wcas(5)': programs.writeAndCas(5),
  'wainc(3)': programs.writeAndAdd(3),
  'CoA(3)': programs.coherenceA(3),
  'lockinc(5)': programs.lockedIncrements(5),
  'peterson (assume)': programs.petersonAssume(),
  'Peterson bounded-spin(1)': programs.peterson(1, false),
  'Peterson bounded-spin(2)': programs.peterson(2, false),
  'two locks opposite order': programs.twoLocks(true),
  'two locks same order': programs.twoLocks(false),
  'philosophers(3)': programs.philosophers(3, false),
  'philosophers(4)': programs.philosophers(4, false),
  'philosophers(3) ordered': programs.philosophers(3, true),
  'philosophers(4) ordered': programs.philosophers(4, true),
  'bounded buffer 1p1c cap1 x2': programs.boundedBuffer(2),
  'bounded buffer 1p1c cap1 x3': programs.boundedBuffer(3),
  'unsafe publication': programs.unsafePublication(),
  conditional_readers: programs.conditionalReaders(),
  sleeping_races_1: programs.sleepingRaces(),
  etsi: programs.etsi(),
  'fib_bench(2)': programs.fibonacci(2),
  'filesystem(2)': programs.filesystem(2),
};

describe('one execution for each Mazurkiewicz trace, and every schedule accounted for', () => {
  for (const [name, program] of Object.entries(cases))
    test(name, () => {
      const exploration = explore(program);
      const { traces, interleavings } = computed.get(name) as Counted;
      expect(exploration.complete).toBe(true);
      expect(exploration.redundant).toBe(0);
      expect(exploration.executions).toBe(traces);
      expect(exploration.schedules).toBe(BigInt(interleavings));
    });
});

describe('published counts of larger programs', () => {
  const larger: readonly (readonly [string, string, (n: number) => ToyProgram])[] = [
    ['readers', '13', programs.readers],
    ['lastzero', '10', programs.lastzero],
    ['lastzero', '15', programs.lastzero],
    ['casrot', '9', programs.casRotation],
    ['casw', '5', programs.casThenWrite],
    ['wcas', '9', programs.writeAndCas],
    ['lockinc', '7', programs.lockedIncrements],
    ['indexer', '12', programs.indexer],
    ['indexer', '15', programs.indexer],
  ];
  for (const [name, n, make] of larger)
    test(`${name}(${n})`, () => {
      const exploration = explore(make(Number(n)));
      expect(exploration.executions).toBe(published[name]?.[n]);
      expect(exploration.redundant).toBe(0);
    });
});

describe('every schedule, one by one', () => {
  for (const name of ['SB', 'IRIW', 'inc(2 threads x 3)', 'philosophers(3)', 'bounded buffer 1p1c cap1 x3'])
    test(name, () => {
      const exploration = explore(cases[name] as ToyProgram, { strategy: 'all' });
      expect(exploration.executions).toBe(computed.get(name)?.interleavings);
      expect(exploration.complete).toBe(true);
    });
});

describe('schedules with few preemptions', () => {
  const names: Record<string, string> = {
    'inc(3x1)': 'inc(3 threads x 1)',
    'inc(2x3)': 'inc(2 threads x 3)',
    IRIW: 'IRIW',
    'lastzero(3)': 'lastzero(3)',
    'philosophers(3)': 'philosophers(3)',
  };
  for (const [name, full] of Object.entries(names))
    test(name, () => {
      const bounded = oracle.preemption_bounded_counts[name];
      const program = cases[full] as ToyProgram;
      bounded.traces_with_at_most_k_preemptions.forEach((count: number, preemptions: number) => {
        expect(explore(program, { preemptions }).executions).toBe(count);
      });
      bounded.interleavings_with_at_most_k_preemptions.forEach((count: number, preemptions: number) => {
        expect(explore(program, { strategy: 'all', preemptions }).executions).toBe(count);
      });
    });
});
