import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from '../../../src/engine/machine/event-queue.ts';

test('events come in order of time, then rank, then of being added', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(3))), (entries) => {
      const queue = new EventQueue();
      const taken: [number, number, number][] = [];
      entries.forEach(([time, rank], order) => {
        queue.add(time, rank, () => taken.push([time, rank, order]));
      });
      for (let event = queue.take(); event; event = queue.take()) event.action();
      const sorted = entries
        .map(([time, rank], order): [number, number, number] => [time, rank, order])
        .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
      expect(taken).toEqual(sorted);
    }),
  );
});

test('a cancelled event never happens', () => {
  const queue = new EventQueue();
  const first = queue.add(1, 0, () => {});
  queue.add(2, 0, () => {});
  first.cancelled = true;
  expect(queue.nextTime).toBe(2);
  expect(queue.take()?.time).toBe(2);
  expect(queue.take()).toBeUndefined();
  expect(queue.nextTime).toBe(Number.POSITIVE_INFINITY);
});
