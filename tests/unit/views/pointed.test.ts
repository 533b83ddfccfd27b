import { describe, expect, test } from 'vitest';
import { causeOf } from '../../../src/components/views/cause.ts';
import { instantNear, instantsOf } from '../../../src/components/views/instants.ts';
import { linesOf } from '../../../src/components/views/lines-of.ts';
import { isPointed, type Pointed, pointAt, variableKey } from '../../../src/components/views/pointed.ts';
import { EventKind, StopReason } from '../../../src/engine/events.ts';
import type { ExplorationReport } from '../../../src/engine/index.ts';
import { lostUpdate, map, traceOf } from './fixtures.ts';

describe('what is pointed at', () => {
  test('is nothing where nothing is known of it', () => {
    expect(pointAt({})).toBe(null);
    expect(isPointed(null, { line: 4, tid: 2 })).toBe(false);
  });

  test('is a variable by its place, a thread by its number, a line where there is nothing else', () => {
    const variable = variableKey(1, 4096);
    expect(isPointed(pointAt({ variable }), { variable, tid: 3 })).toBe(true);
    expect(isPointed(pointAt({ variable }), { variable: variableKey(2, 4096) })).toBe(false);
    expect(isPointed(pointAt({ tid: 2, line: 4 }), { tid: 3, line: 4 })).toBe(false);
    expect(isPointed(pointAt({ tid: 2, line: 4 }), { tid: 2, line: 9 })).toBe(true);
    expect(isPointed(pointAt({ line: 4 }), { tid: 3, line: 4 })).toBe(true);
  });
});

describe('single moments on the timeline', () => {
  const all = { from: 0, to: 100 };

  test('are output, messages and wake-ups, with who woke whom', () => {
    const trace = traceOf([
      { time: 1, kind: EventKind.Print, tid: 2 },
      { time: 2, kind: EventKind.Send, tid: 2, a: 7 },
      { time: 3, kind: EventKind.Wake, tid: 3, a: 2 },
      { time: 4, kind: EventKind.Wake, tid: 3, a: -1 },
      { time: 5, kind: EventKind.Receive, tid: 3, a: 7 },
      { time: 6, kind: EventKind.Load, tid: 3, site: 0, a: 4096 },
    ]);
    expect(instantsOf(trace, map, all, null).map(({ kind, by, time }) => [kind, by, time])).toEqual([
      ['print', 0, 1],
      ['send', 0, 2],
      ['wake', 2, 3],
      ['wake', 0, 4],
      ['receive', 0, 5],
    ]);
    expect(instantsOf(trace, map, { from: 2, to: 4 }, null).map(({ time }) => time)).toEqual([3, 4]);
  });

  test('are also the accesses of the variable or the line that is pointed at', () => {
    const times = (pointed: Parameters<typeof pointAt>[0]) =>
      instantsOf(lostUpdate, map, all, pointAt(pointed)).map(({ time }) => time);
    expect(times({ variable: variableKey(1, 4096) })).toEqual([12, 30, 35, 50]);
    expect(times({ variable: variableKey(1, 8) })).toEqual([]);
    expect(times({ line: 4 })).toEqual([12, 30]);
    expect(times({ tid: 2, line: 4 })).toEqual([]);
  });

  test('are marked where their line, or they themselves, are pointed at', () => {
    const trace = traceOf([
      { time: 1, kind: EventKind.Print, tid: 2, site: 0 },
      { time: 2, kind: EventKind.Acquire, tid: 2, site: 1, a: 7 },
      { time: 3, kind: EventKind.Print, tid: 2, site: 1 },
    ]);
    const marked = (pointed: Parameters<typeof pointAt>[0]) =>
      instantsOf(trace, map, all, pointAt(pointed)).map(({ kind, isPointed }) => [kind, isPointed]);
    expect(marked({ line: 5 })).toEqual([
      ['print', false],
      ['pointed', true],
      ['print', true],
    ]);
    expect(marked({ tid: 2, line: 4, event: 0 })).toEqual([
      ['print', true],
      ['print', false],
    ]);
  });

  test('are found by what the pointer is near', () => {
    const instants = instantsOf(
      traceOf([
        { time: 10, kind: EventKind.Print, tid: 2 },
        { time: 10, kind: EventKind.Print, tid: 2 },
        { time: 14, kind: EventKind.Print, tid: 3 },
      ]),
      map,
      all,
      null,
    );
    const near = (tid: number, time: number) => instantNear(instants, tid, time, 3)?.index;
    expect([near(2, 12), near(2, 14), near(3, 12), near(1, 10)]).toEqual([1, undefined, 2, undefined]);
  });

  test('are left out where there are too many to tell apart', () => {
    const many = traceOf(
      Array.from({ length: 20_001 }, (_, time) => ({ time, kind: EventKind.Print, tid: 2 })),
    );
    expect(instantsOf(many, map, { from: 0, to: 30_000 }, null)).toEqual([]);
    expect(instantsOf(many, map, { from: 0, to: 10 }, null).length).toBeGreaterThan(5);
  });
});

describe('the lines of what is pointed at', () => {
  const lines = (pointed: Partial<Pointed>) => linesOf(lostUpdate, map, pointAt(pointed) as Pointed);

  test('are those that a thread passed', () => {
    expect(lines({ tid: 2 })).toEqual([4, 5]);
    expect(lines({ tid: 1 })).toEqual([]);
  });

  test('are those that touch a variable, asked for once or twice', () => {
    expect(lines({ variable: variableKey(1, 4096) })).toEqual([4, 5]);
    expect(lines({ variable: variableKey(1, 4096) })).toEqual([4, 5]);
    expect(lines({ variable: variableKey(1, 8) })).toEqual([]);
  });
});

describe('the cause', () => {
  const ended = { status: 'exited', races: [] } as const;

  test('of a run that went well does not exist', () => {
    expect(causeOf({ trace: lostUpdate, map, report: { ...ended, races: [] } }, null)).toBe(null);
  });

  test('of a deadlock is the wait that closed the circle', () => {
    const trace = traceOf([
      { time: 1, kind: EventKind.Stop, tid: 2, a: StopReason.Blocked, b: 7 },
      { time: 2, kind: EventKind.Stop, tid: 3, a: StopReason.Blocked, b: 7 },
      { time: 2, kind: EventKind.Overhead, tid: 3 },
    ]);
    expect(causeOf({ trace, map, report: { status: 'deadlock', races: [] } }, null)).toBe(2);
  });

  test('of an error is the last thing that happened where it was thrown, or what the explorer blames', () => {
    const error = { message: 'lost', line: 5, column: 1 };
    const run = { trace: lostUpdate, map, report: { ...ended, races: [], error } };
    const last = causeOf(run, null) as number;
    expect(lostUpdate.time[last - 1]).toBe(50);
    const exploration = {
      failures: [
        {
          message: 'lost',
          guilty: [
            { line: 4, tid: 2 },
            { line: 5, tid: 3 },
          ],
        },
      ],
    } as unknown as ExplorationReport;
    expect(lostUpdate.time[(causeOf(run, exploration) as number) - 1]).toBe(35);
  });

  test('of a race is the access that nothing orders after the other', () => {
    const races = [
      {
        variable: 'counter',
        first: { tid: 2, line: 4, column: 1, write: false },
        second: { tid: 3, line: 5, column: 1, write: true },
      },
    ];
    const cursor = causeOf({ trace: lostUpdate, map, report: { ...ended, races } }, null) as number;
    expect(lostUpdate.time[cursor - 1]).toBe(35);
  });
});
