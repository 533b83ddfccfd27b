import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { traceSnippet } from '../../../src/components/site/build/run-snippet.ts';
import {
  type Beside,
  still as draw,
  joined,
  kernelSpans,
  type Overheads,
  type Run,
  stillText,
  waitsOf,
} from '../../../src/components/site/still.ts';
import { EventKind } from '../../../src/engine/events.ts';

const tokens = readFileSync(new URL('../../../src/styles/tokens.css', import.meta.url), 'utf8');
/** A trace of nothing but overhead, from each start for so long. */
const busy = (...spans: readonly (readonly [start: number, length: number])[]): Overheads => ({
  length: spans.length,
  kind: Uint8Array.from(spans, () => EventKind.Overhead),
  time: Float64Array.from(spans, ([start]) => start),
  a: Float64Array.from(spans, ([, length]) => length),
  truncated: false,
});
/** The kernel at work in all three gaps of the run below, and once while a thread had the core. */
const overhead = busy([0, 100], [150, 20], [300, 50], [900, 40]);
const still = (run: Run, waits: Beside['waits'] = new Map()) =>
  draw(run, { kernel: kernelSpans(run, overhead), waits }, tokens);
const thread = (tid: number, name: string) => ({
  tid,
  pid: 1,
  name,
  created: 0,
  firstRun: 0,
  finished: 1,
  cpu: 1,
  ready: 0,
  blocked: 0,
});
const run: Run = {
  time: 1000,
  threads: [thread(1, 'main'), thread(2, 'a<b'), thread(3, 'idle')],
  timeline: [
    { core: 0, tid: 1, start: 100, end: 300 },
    { core: 0, tid: 2, start: 350, end: 600 },
    { core: 0, tid: 1, start: 600, end: 900 },
  ],
};

describe('a still picture of a run', () => {
  test('has a row for each thread that ran, with a bar for each turn, and the kernel in between', () => {
    const svg = still(run);
    expect(svg.match(/<rect /g)).toHaveLength(3 + 3);
    expect(svg).toContain('>main</text>');
    expect(svg).not.toContain('>idle</text>');
    expect(svg).toContain('>kernel</text>');
  });

  test('says the same in words, and escapes names', () => {
    const waits = new Map([[3, [{ state: 'asleep', start: 0, end: 900 } as const]]]);
    expect(stillText(run, { waits })).toBe('In 1 µs: main ran 2 times, a<b ran once, idle waited once.');
    expect(still(run)).toContain('<title>In 1 µs: main ran 2 times, a&lt;b ran once.</title>');
  });

  test('brings its own colours for where no tokens are', () => {
    expect(still(run)).toMatch(/fill:var\(--process-1-thread-2,#[0-9a-f]{6}\)/);
  });

  test('stays small for a run of many turns', () => {
    const timeline = Array.from({ length: 100_000 }, (_, i) => ({
      core: 0,
      tid: 1 + (i % 2),
      start: i * 10,
      end: i * 10 + 9,
    }));
    expect(still({ ...run, time: 1_000_000, timeline }).length).toBeLessThan(50_000);
  });

  test('says how many threads it leaves out', () => {
    const threads = Array.from({ length: 20 }, (_, i) => thread(i + 1, ''));
    const timeline = threads.map(({ tid }) => ({ core: 0, tid, start: tid * 10, end: tid * 10 + 10 }));
    expect(still({ ...run, threads, timeline })).toContain('and 8 more threads');
  });
});

test('spans are joined over gaps that cannot be seen', () => {
  expect(
    joined(
      [
        { start: 0, end: 10 },
        { start: 11, end: 20 },
        { start: 40, end: 50 },
      ],
      5,
    ),
  ).toEqual([
    { start: 0, end: 20 },
    { start: 40, end: 50 },
  ]);
});

test('who waits has a row, though it never ran; each kind of wait looks different and is named', () => {
  const waits = new Map([
    [1, [{ state: 'blocked', start: 300, end: 600 } as const]],
    [2, [{ state: 'ready', start: 0, end: 350 } as const]],
    [3, [{ state: 'asleep', start: 0, end: 900 } as const]],
  ]);
  const svg = still(run, waits);
  expect(svg).toContain('>idle</text>');
  expect(svg).toContain('thin: ready, line: blocked, dashes: asleep');
  expect(svg.match(/height="2"/g)).toHaveLength(1);
  expect(svg.match(/height="6"/g)).toHaveLength(1);
  expect(svg.match(/<line /g)).toHaveLength(1);
});

test('waits are read from a trace', () => {
  const waits = waitsOf(traceSnippet('life-of-a-thread'));
  expect([...waits.values()].map((each) => each.map(({ state }) => state))).toEqual([
    [],
    ['blocked', 'ready'],
    ['ready', 'ready'],
  ]);
});

test('the kernel has what it worked of the gaps of a single core; the rest is idle', () => {
  expect(kernelSpans(run, overhead)).toEqual([
    { start: 0, end: 100 },
    { start: 300, end: 350 },
    { start: 900, end: 940 },
  ]);
  expect(kernelSpans(run, busy([290, 30], [320, 100]))).toEqual([{ start: 300, end: 350 }]);
  expect(kernelSpans(run, busy())).toEqual([]);
});

test('the kernel has no row where there are several cores, or where the trace lacks its end', () => {
  const timeline = [...run.timeline, { core: 1, tid: 2, start: 0, end: 5 }];
  expect(kernelSpans({ ...run, timeline }, overhead)).toEqual([]);
  expect(kernelSpans(run, { ...overhead, truncated: true })).toEqual([]);
});
