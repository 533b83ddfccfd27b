import { describe, expect, test } from 'vitest';
import { Coherence } from '../../../../src/engine/machine/memory/index.ts';
import { linesOf } from '../../kernel/run.ts';

const TRANSFER = 800;
const fresh = () => new Coherence({ transfer: TRANSFER, together: 10_000, hold: 160 });
const LINE = 7;

describe('cache coherence', () => {
  test('a core that has a line alone waits for nothing', () => {
    const lines = fresh();
    expect(lines.access(LINE, 0, true, 0)).toBe(0);
    expect(lines.access(LINE, 0, false, 10)).toBe(0);
    expect(lines.access(LINE, 0, true, 20)).toBe(0);
  });

  test('the first load of a line that another core has written waits for it, further loads do not', () => {
    const lines = fresh();
    lines.access(LINE, 0, true, 0);
    expect(lines.access(LINE, 1, false, 10)).toBe(TRANSFER);
    expect(lines.access(LINE, 1, false, 20)).toBe(0);
    expect(lines.access(LINE, 0, false, 30)).toBe(0);
  });

  test('a store to a line that others have copies of takes it away from them', () => {
    const lines = fresh();
    lines.access(LINE, 0, false, 0);
    lines.access(LINE, 1, false, 10);
    expect(lines.access(LINE, 0, true, 20)).toBe(TRANSFER);
    expect(lines.access(LINE, 1, false, 30)).toBe(TRANSFER);
  });

  test('a line that two cores keep taking from each other is contended: its holder waits again and again', () => {
    const lines = fresh();
    lines.access(LINE, 0, true, 0);
    lines.access(LINE, 1, true, 100);
    expect(lines.isContended).toBe(false);
    lines.access(LINE, 0, true, 1000);
    expect(lines.isContended).toBe(true);
    expect(lines.access(LINE, 0, true, 1100)).toBe(0);
    expect(lines.access(LINE, 0, true, 1200)).toBe(TRANSFER);
  });

  test('a line that one core has had to itself for a while is contended no longer', () => {
    const lines = fresh();
    for (const [core, time] of [
      [0, 0],
      [1, 100],
      [0, 200],
    ] as const)
      lines.access(LINE, core, true, time);
    expect(lines.access(LINE, 0, true, 20_000)).toBe(0);
    expect(lines.isContended).toBe(false);
  });
});

/** Nanoseconds an increment takes where two threads make them on these two words. */
const perIncrement = (words: string, machine = { cores: 2 }) =>
  Number(
    linesOf(
      `${words} const start = now();
       const x = new Thread(() => { for (let i = 0; i < 5000; i++) a.n++; });
       const y = new Thread(() => { for (let i = 0; i < 5000; i++) b.m++; });
       x.join(); y.join(); print((now() - start) / 5000);`,
      machine,
    )[0],
  );

const SAME_LINE = 'const a = { n: 0, m: 0 }, b = a;';
const OWN_LINES = 'const a = { n: 0 }, b = { m: 0 };';

describe('false sharing', () => {
  test('two cores that write neighbouring words are several times slower than with a line each', () => {
    const factor = perIncrement(SAME_LINE) / perIncrement(OWN_LINES);
    expect(factor).toBeGreaterThan(3);
    expect(factor).toBeLessThan(12);
  });

  test('on one core there is no difference', () => {
    const factor = perIncrement(SAME_LINE, { cores: 1 }) / perIncrement(OWN_LINES, { cores: 1 });
    expect(factor).toBeCloseTo(1, 1);
  });
});
