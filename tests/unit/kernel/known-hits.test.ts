import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { HitTable } from '../../../src/engine/machine/memory/index.ts';
import { runProgram } from './run.ts';

/** What threads do on lines that they share, or do not; `#` is the thread's number. */
const step = fc.oneof(
  fc.constantFrom('pair.left++;', 'pair.right++;', 'other.n += pair.left;', 'list[i & 15]++;', 'own[#].n++;'),
  fc.constantFrom('total += i;', 'work = work * 3 + i;', 'sum += list[(i * 7) & 63];'),
  fc.integer({ min: 1, max: 400 }).map((time) => `if (i % 16 === 0) compute(${time});`),
  fc.constantFrom('if (i % 32 === 0) m.withLock(() => { total++; });', 'if (i % 64 === 0) yieldThread();'),
);

const source = fc
  .array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 })
  .map((threads) => {
    const bodies = threads.map(
      (steps, index) =>
        `() => { let work = 1; for (let i = 0; i < ROUNDS; i++) { ${steps.join(' ').replaceAll('#', String(index))} } }`,
    );
    // The first 20,000 accesses are written into the trace one by one, and are no known hits.
    return `const ROUNDS = ${Math.ceil(16_000 / threads.length)}; const m = new Mutex();
      let total = 0, sum = 0; const pair = { left: 0, right: 0 }, other = { n: 0 };
      const list = new Array(64).fill(0), own = [{ n: 0 }, { n: 0 }, { n: 0 }, { n: 0 }];
      const threads = [${bodies.join(', ')}].map((body) => new Thread(body));
      for (const thread of threads) thread.join();
      print(total, sum, pair.left, pair.right, other.n, list.join(' '));`;
  });

const machine = fc.record({
  cores: fc.integer({ min: 1, max: 4 }),
  quantum: fc.constantFrom(1000, 3000, 10_000),
  seed: fc.nat(1000),
});

test('a run with the table of known hits is the run without it, on lines that cores take from each other too', () => {
  let races = 0;
  fc.assert(
    fc.property(source, machine, (program, settings) => {
      const known = runProgram(program, settings);
      for (const method of ['enter', 'hold'] as const)
        vi.spyOn(HitTable.prototype, method).mockImplementation(() => {});
      const unknown = runProgram(program, settings);
      vi.restoreAllMocks();
      expect(known).toEqual(unknown);
      races += known.races.length;
    }),
    { numRuns: 8, seed: 3 },
  );
  expect(races).toBeGreaterThan(0);
});
