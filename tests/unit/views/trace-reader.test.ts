import { describe, expect, test } from 'vitest';
import { momentAt } from '../../../src/components/views/moment.ts';
import { readSoon, TraceReader } from '../../../src/components/views/trace-reader.ts';
import { EventKind, StopReason } from '../../../src/engine/events.ts';
import { map, traceOf } from './fixtures.ts';

/** Two threads that take turns, each of them storing to one of `addresses` addresses and taking a lock. */
function turns(times: number, addresses: number) {
  const events = Array.from({ length: times }, (_, turn) => {
    const tid = 2 + (turn % 2);
    const time = 10 * turn;
    return [
      { time, kind: EventKind.Dispatch, tid },
      { time: time + 1, kind: EventKind.Acquire, tid, a: 7 },
      { time: time + 2, kind: EventKind.Store, tid, a: 4096 + 8 * (turn % addresses), site: turn % 2 },
      { time: time + 3, kind: EventKind.Release, tid, a: 7 },
      { time: time + 4, kind: EventKind.Stop, tid, a: StopReason.Yielded },
    ];
  });
  return traceOf(events.flat());
}

describe('a trace that is read once', () => {
  test('knows every moment as if it had been read anew, whatever was asked before', () => {
    const asked = turns(12_000, 50);
    const places = [0, 1, 59_999, 17, 16_384, 16_385, 16_383, 40_000, 60_000, 33_333, 2, 49_152];
    for (const cursor of places) {
      expect(momentAt(asked, map, cursor)).toEqual(momentAt({ ...asked }, map, cursor));
    }
  });

  test('lets kept moments go where they would hold many addresses', () => {
    const wide = turns(40_000, 30_000);
    for (const cursor of [200_000, 20_000, 100_001, 150_000]) {
      expect(momentAt(wide, map, cursor).variables).toEqual(momentAt({ ...wide }, map, cursor).variables);
    }
  });

  test('is near what has been read and a little more', () => {
    const reader = new TraceReader(turns(20_000, 5));
    expect([0, 16_384, 16_385, 100_000].map((cursor) => reader.isNear(cursor))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    reader.approach(100_000);
    expect(reader.isNear(30_000)).toBe(true);
    expect(reader.isNear(100_000)).toBe(false);
  });

  test('is read in portions up to the moment that is wanted', async () => {
    const long = turns(20_000, 5);
    await new Promise<void>((read) => {
      readSoon(long, 100_000, read);
    });
    expect(momentAt(long, map, 100_000)).toEqual(momentAt({ ...long }, map, 100_000));
  });
});
