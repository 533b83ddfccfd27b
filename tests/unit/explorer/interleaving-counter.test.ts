import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventLog } from '../../../src/engine/explorer/event-log.ts';
import { InterleavingCounter } from '../../../src/engine/explorer/interleaving-counter.ts';
import { Access, type Execution, NONE, type Operation } from '../../../src/engine/explorer/model.ts';
import { countInterleavings } from '../../../src/engine/explorer/trace-order.ts';

interface Event {
  readonly process: number;
  readonly object: number;
  readonly isWrite: boolean;
}

function append(log: EventLog, { process, object, isWrite }: Event): void {
  const operation: Operation = {
    kind: isWrite ? 'store' : 'load',
    object,
    also: -1,
    access: isWrite ? Access.Write : Access.Read,
    plain: true,
    blocks: false,
    possible: () => true,
  };
  const done = { wrote: isWrite, halted: false, touched: NONE, before: undefined, beforeAlso: undefined };
  log.append(process, operation, NONE, done as unknown as Execution);
}

const events = (processes: number, objects: number, most: number) =>
  fc.array(
    fc.record({
      process: fc.nat({ max: processes - 1 }),
      object: fc.nat({ max: objects - 1 }),
      isWrite: fc.boolean(),
    }),
    { minLength: 1, maxLength: most },
  );

test.each([
  ['orders with many cycles', 3, 2, 12],
  ['orders with hardly any', 6, 8, 12],
  ['orders of more events than a word has bits', 2, 3, 40],
])(
  '%s are counted as by plain dynamic programming, and what executions share is counted once',
  (_name, processes, objects, most) => {
    fc.assert(
      fc.property(
        events(processes, objects, most),
        events(processes, objects, most),
        fc.nat({ max: most }),
        (first, second, at) => {
          const log = new EventLog();
          const counter = new InterleavingCounter(log);
          for (const event of first) append(log, event);
          expect(counter.count(0)).toBe(Number(countInterleavings(log, 1e9)?.count));
          const shared = Math.min(at, first.length);
          log.truncate(shared);
          for (const event of second) append(log, event);
          expect(counter.count(shared)).toBe(Number(countInterleavings(log, 1e9)?.count));
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  },
);

test('readers around one writer', () => {
  const log = new EventLog();
  const counter = new InterleavingCounter(log);
  for (let process = 0; process < 9; process++) append(log, { process, object: 0, isWrite: process === 4 });
  expect(counter.count(0)).toBe(24 * 24);
  expect(counter.cost).toBe(0);
});
