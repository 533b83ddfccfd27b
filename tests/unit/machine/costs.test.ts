import { expect, test } from 'vitest';
import { resolveCosts, TICKS } from '../../../src/engine/machine/costs.ts';

test('a profile is charged in ticks, sizes stay as they are', () => {
  const costs = resolveCosts('modern');
  expect(costs.modeSwitch).toBe(75 * TICKS);
  expect(costs.line).toBe(64);
  expect(costs.caches[0]?.bytes).toBe(49_152);
  expect(costs.free).toBe(false);
});

test('free costs nothing', () => {
  const costs = resolveCosts('free');
  expect([costs.modeSwitch, costs.access, costs.tlb.walk, costs.caches[0]?.fillRandom]).toEqual([0, 0, 0, 0]);
  expect(costs.free).toBe(true);
});

test('single costs of a profile can be replaced', () => {
  const costs = resolveCosts({ base: 'p6-1995', modeSwitch: 1 });
  expect(costs.modeSwitch).toBe(TICKS);
  expect(costs.schedulerPick).toBe(1000 * TICKS);
});

test.each([
  ['vax', /no cost profile 'vax'/],
  [{ walking: 1 }, /no cost 'walking'/],
  [{ modeSwitch: -1 }, /must be a number of nanoseconds/],
])('refuses %o and says why', (request, message) => {
  expect(() => resolveCosts(request as string)).toThrow(message);
});
