import { describe, expect, test } from 'vitest';
import { LaneState, lanesOf } from '../../../src/components/views/lanes.ts';
import { slicesOf, stretchAt } from '../../../src/components/views/slices.ts';
import { timelineTable } from '../../../src/components/views/timeline-table.ts';
import { EventKind, StopReason } from '../../../src/engine/events.ts';
import { lostUpdate, traceOf } from './fixtures.ts';

/** A column as an ordinary array. */
const plain = (column: ArrayLike<number> | undefined) => Array.from(column ?? []);

describe('the lanes of a trace', () => {
  const { cores, overheads, threads } = lanesOf(lostUpdate);
  const [, ann, ben] = threads;

  test('a core shows who ran on it, stretch by stretch', () => {
    expect(plain(cores[0]?.details)).toEqual([2, 3, 2]);
    expect(plain(cores[0]?.starts)).toEqual([10, 25, 45]);
    expect(plain(cores[0]?.ends)).toEqual([20, 40, 60]);
  });

  test('a thread is ready from its creation and again after it was preempted', () => {
    expect(plain(ann?.states)).toEqual([
      LaneState.Ready,
      LaneState.Running,
      LaneState.Ready,
      LaneState.Running,
    ]);
    expect(plain(ann?.ends)).toEqual([10, 20, 45, 60]);
  });

  test('a thread that has ended has no more stretches', () => {
    expect(plain(ben?.ends).at(-1)).toBe(40);
  });

  test('overhead lies on the core that paid it', () => {
    expect([overheads[0]?.starts, overheads[0]?.ends].map(plain)).toEqual([[20], [25]]);
  });

  test('a thread that never ends is drawn up to the end of the run', () => {
    const waiting = traceOf(
      [
        { time: 0, kind: EventKind.Create, tid: 2 },
        { time: 1, kind: EventKind.Dispatch, tid: 2 },
        { time: 3, kind: EventKind.Stop, tid: 2, a: StopReason.Blocked, b: 7 },
      ],
      { end: 100 },
    );
    const lane = lanesOf(waiting).threads[1];
    expect(plain(lane?.ends)).toEqual([1, 3, 100]);
    const rows = timelineTable(waiting, lane ? [lane] : [], { from: 0, to: 100 });
    expect(rows.map(({ what }) => what)).toEqual(['ready', 'running on core 0', 'blocked on mutex m']);
  });
});

test('what a thread holds is drawn from the lock to the unlock', () => {
  const locked = traceOf([
    { time: 1, kind: EventKind.Acquire, tid: 2, a: 7 },
    { time: 5, kind: EventKind.Release, tid: 2, a: 7 },
    { time: 9, kind: EventKind.Exit, tid: 2 },
  ]);
  const lane = lanesOf(locked).holdings[1];
  expect([lane?.starts, lane?.ends, lane?.states].map(plain)).toEqual([[1], [5], [LaneState.Holding]]);
  const rows = timelineTable(locked, lane ? [lane] : [], { from: 0, to: 9 });
  expect(rows.map(({ what }) => what)).toEqual(['holds mutex m']);
});

describe('the slices of a lane', () => {
  const length = 1_000_000;
  const lane = {
    kind: 'core' as const,
    id: 0,
    label: 'core 0',
    starts: Array.from({ length }, (_, index) => index * 2),
    ends: Array.from({ length }, (_, index) => index * 2 + 1),
    states: [],
    details: [],
  };

  test('are at most two a pixel, however long the run', () => {
    expect(slicesOf(lane, 0, 2 * length, 600).length).toBeLessThanOrEqual(1200);
  });

  test('are the stretches themselves where there is room for them', () => {
    expect(slicesOf(lane, 10, 16, 600)).toEqual([
      { index: 5, start: 10, end: 11, many: false },
      { index: 6, start: 12, end: 13, many: false },
      { index: 7, start: 14, end: 15, many: false },
    ]);
  });

  test('never leave the window on the right', () => {
    expect(slicesOf(lane, 0, 4, 100).every(({ start }) => start < 4)).toBe(true);
  });

  test('the stretch at a time is found, and none in a gap', () => {
    expect(stretchAt(lane, 10.5)).toBe(5);
    expect(stretchAt(lane, 11.5)).toBe(-1);
  });
});
