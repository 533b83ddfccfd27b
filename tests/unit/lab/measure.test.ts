import { describe, expect, test } from 'vitest';
import { chase, cycle, experiments } from '../../../src/components/lab/experiments.ts';
import { duration, measure, summary } from '../../../src/components/lab/measure.ts';

describe('measuring', () => {
  test('repeats until a coarse clock can tell, and divides by the repetitions', async () => {
    // Each repetition takes 250 ns; the clock shows whole tenths of a millisecond.
    let now = 0;
    const measured = await measure(
      (count) => {
        now += count * 250e-6;
      },
      () => Math.floor(now * 10) / 10,
    );
    expect(measured.median).toBeGreaterThan(247);
    expect(measured.median).toBeLessThan(253);
  });

  test('takes the middle round', () => {
    expect(summary([5, 1, 4, 2, 100])).toEqual({ median: 4, fastest: 1, slowest: 100 });
  });

  test.each([
    [0.756, '0.756 ns'],
    [12.34, '12.3 ns'],
    [1850, '1.85 µs'],
    [24.7e6, '24.7 ms'],
  ])('writes %d ns as %s', (nanoseconds, text) => expect(duration(nanoseconds)).toBe(text));
});

describe('the walk through memory', () => {
  test('visits every place once before it comes back', () => {
    const next = cycle(1000, 7);
    const seen = new Set<number>();
    for (let at = 0; !seen.has(at); at = next[at] as number) seen.add(at);
    expect(seen.size).toBe(1000);
  });

  test('can be taken in pieces', () => expect(() => [1, 2, 3].forEach(chase(4096))).not.toThrow());
});

test('experiments have ids of their own', () => {
  const ids = experiments.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
