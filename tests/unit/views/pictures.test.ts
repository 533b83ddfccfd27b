import { describe, expect, test } from 'vitest';
import { castOf } from '../../../src/components/views/cast.ts';
import { billOf, timesOf } from '../../../src/components/views/costs.ts';
import {
  columnsOf,
  describeExploration,
  statesAfter,
} from '../../../src/components/views/exploration-words.ts';
import { count, formatTime, percent } from '../../../src/components/views/format.ts';
import { ticksOf } from '../../../src/components/views/ticks.ts';
import { describeWaiting, waitGraph } from '../../../src/components/views/wait-graph.ts';
import { keyMove, pan, reveal, whole, zoom } from '../../../src/components/views/window.ts';
import type { Report } from '../../../src/engine/index.ts';
import { lostUpdate, traceOf } from './fixtures.ts';

describe('numbers for readers', () => {
  test.each([
    [0, '0 ns'],
    [840, '840 ns'],
    [999.9, '1 µs'],
    [12_400, '12.4 µs'],
    [3_100_000, '3.1 ms'],
    [2e9, '2 s'],
  ])('%d ns is %s', (time, text) => expect(formatTime(time)).toBe(text));

  test('counts take their noun along', () => {
    expect([count(1, 'line'), count(1204, 'line')]).toEqual(['1 line', '1,204 lines']);
  });

  test('a small share is not rounded away', () => {
    expect([percent(1, 3), percent(2, 1000), percent(1, 0)]).toEqual(['33 %', '0.2 %', '0 %']);
  });

  test('an axis has round marks', () => {
    expect(ticksOf(0, 1000, 5)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(ticksOf(5, 5, 5)).toEqual([]);
  });
});

describe('the window on a run', () => {
  test('zooming keeps the time under the pointer in place', () => {
    expect(zoom({ from: 0, to: 100 }, 0.5, 20, 100)).toEqual({ from: 10, to: 60 });
  });

  test('never leaves the run', () => {
    expect(pan({ from: 50, to: 100 }, 0.5, 100)).toEqual({ from: 50, to: 100 });
    expect(zoom({ from: 0, to: 100 }, 10, 50, 100)).toEqual(whole(100));
  });

  test('comes along when the cursor leaves it', () => {
    expect(reveal({ from: 0, to: 10 }, 50, 100)).toEqual({ from: 45, to: 55 });
    expect(reveal({ from: 0, to: 10 }, 5, 100)).toEqual({ from: 0, to: 10 });
  });

  test('keys move it by where they are, and others do nothing', () => {
    expect(keyMove({ from: 20, to: 40 }, 'KeyD', 100)).toEqual({ from: 24, to: 44 });
    expect(keyMove({ from: 20, to: 40 }, 'KeyF', 100)).toEqual(whole(100));
    expect(keyMove({ from: 20, to: 40 }, 'Tab', 100)).toBeNull();
  });
});

describe('colours', () => {
  test('a process has a hue, its threads are shades of it', () => {
    const cast = castOf({
      threads: [
        { tid: 1, pid: 1, name: '' },
        { tid: 2, pid: 2, name: 'child' },
        { tid: 3, pid: 1, name: 'ann' },
        { tid: 4, pid: 2, name: 'ann' },
      ],
    });
    expect([...cast.values()].map(({ name, hue }) => [name, hue])).toEqual([
      ['thread 1', 'var(--process-1-thread-1)'],
      ['child', 'var(--process-2-thread-1)'],
      ['ann (1.3)', 'var(--process-1-thread-2)'],
      ['ann (2.4)', 'var(--process-2-thread-2)'],
    ]);
  });

  test('the main thread of a process goes by the name of the process', () => {
    const cast = castOf({
      processes: [
        { pid: 1, name: 'main' },
        { pid: 2, name: 'kitchen' },
        { pid: 3, name: 'process 3' },
      ],
      threads: [1, 2, 3].map((pid) => ({ tid: pid, pid, name: 'main' })),
    });
    expect([...cast.values()].map(({ name }) => name)).toEqual(['main', 'kitchen', 'process 3']);
  });
});

describe('the bill', () => {
  const report = (useful: number, overhead: number, idle: number) =>
    ({ metrics: { useful, overhead, idle } }) as Report;

  test('names each part of the overhead and adds up', () => {
    const bill = billOf(lostUpdate, report(50, 8, 2));
    expect(bill.map(({ label }) => label)).toEqual([
      'useful work',
      'saving and restoring registers',
      'other overhead',
      'idle',
    ]);
    expect(bill.reduce((sum, { time }) => sum + time, 0)).toBe(60);
  });

  test('without events there is no made-up part', () => {
    expect(billOf(traceOf([]), report(5, 0, 0)).map(({ label }) => label)).toEqual(['useful work', 'idle']);
  });
});

describe('a failing schedule', () => {
  const step = (kind: string, value: string) => ({
    tid: 2,
    line: 1,
    column: 1,
    operation: '',
    kind,
    object: 'counter',
    variable: 0,
    value,
  });

  test('shows what is known of the variables after each step', () => {
    expect(statesAfter([step('lock', ''), step('load', '0'), step('store', '1')])).toEqual([
      '',
      'counter = 0',
      'counter = 1',
    ]);
  });

  test('that deadlocks is a ring of threads', () => {
    const waiting = [
      { tid: 2, name: 'ann', object: 'm', line: 4, heldBy: [3] },
      { tid: 3, name: 'ben', object: 'n', line: 5, heldBy: [2] },
    ];
    const { nodes, edges } = waitGraph(waiting);
    expect(nodes.map(({ name }) => name)).toEqual(['ann', 'ben']);
    expect(edges.map(({ from, to, object }) => [from.tid, to.tid, object])).toEqual([
      [2, 3, 'm'],
      [3, 2, 'n'],
    ]);
    expect(waiting.map(describeWaiting)[0]).toBe('ann waits for m at line 4, which thread 3 holds.');
  });
});

describe('the verdict of an exploration', () => {
  const base = {
    strategy: 'dpor' as const,
    races: [],
    outcomes: [],
    seconds: 0,
    interleavings: '924',
    executions: 20,
    failures: [],
    bounds: [],
    estimate: 20,
    fallback: null,
  };

  test('a complete search without failure is a proof', () => {
    expect(describeExploration({ ...base, complete: true })).toContain('No schedule fails.');
  });

  test('a search that was cut short proves nothing and says so', () => {
    const bounds = ['It met its bound of 20 executions.'];
    const fallback = { strategy: 'pct' as const, executions: 2 };
    const words = describeExploration({ ...base, complete: false, bounds, fallback });
    expect(words).toContain('this proves nothing');
    expect(words).toContain('It met its bound of 20 executions. Then 2 schedules were drawn by lot');
    expect(words).not.toContain('No schedule fails');
  });

  test('a failing schedule has one column a thread', () => {
    const step = (tid: number) => ({ tid });
    expect(columnsOf({ steps: [step(3), step(2), step(3)] })).toEqual([2, 3]);
  });
});

describe('how long threads took', () => {
  const thread = { tid: 1, pid: 1, name: 'a', cpu: 1, blocked: 0 };

  test('leaves out those that never ran or never ended', () => {
    const times = timesOf({
      time: 50,
      threads: [
        { ...thread, created: 0, firstRun: 10, finished: 40, ready: 10 },
        { ...thread, created: 10, firstRun: null, finished: null, ready: 30 },
      ],
    });
    expect(times.map(({ time }) => time)).toEqual([50, 40, 10, 20, 30]);
  });

  test('is nothing without threads', () => {
    expect(timesOf({ time: 0, threads: [] }).map(({ time }) => time)).toEqual([0, 0, 0, 0, 0]);
  });
});
