import { describe, expect, test } from 'vitest';
import { compile, explore } from '../../../src/engine/index.ts';
import { explored } from './explored.ts';

const increments = (threads: number, times: number) => `import { Thread, print } from 'interleave';
let n = 0;
const work = () => { for (let i = 0; i < ${times}; i++) n++; };
const all = [${'new Thread(work), '.repeat(threads)}];
for (const it of all) it.join();
print(n);`;

/** The same, and each thread keeps what it saw last. */
const remembered = (times: number) =>
  increments(2, times).replace('n++;', '{ last = n; n = last + 1; }').replace('for', 'let last = 0; for');

describe('a search that was cut short says so', () => {
  test('by its bound on executions, with an estimate of the whole, and goes on by lot', () => {
    const report = explored(increments(2, 3), { max: 50 });
    expect(report).toMatchObject({ executions: 50, complete: false, interleavings: null });
    expect(report.fallback).toEqual({ strategy: 'pct', executions: 5 });
    expect(report.bounds[0]).toMatch(/met its bound of 50 executions, at most \d+ % of the whole search/);
    expect(report.estimate).toBeGreaterThan(100);
    expect(report.estimate).toBeLessThan(1000);
  });

  test('by the steps of all executions together, and that the estimate of the whole is too low', () => {
    const { complete, bounds, outcomes } = explored(remembered(300));
    expect(complete).toBe(false);
    expect(bounds[0]).toMatch(/steps of all executions together, .*at most [\d.]+ % .* that still grows/);
    expect(outcomes.length).toBeGreaterThan(10);
  }, 60_000);

  test('and finds by lot what the part of the search that was run did not show', () => {
    const source = `${increments(3, 2)}
import { assert } from 'interleave';
assert(n > 2, 'only two of six are left');`;
    const { failures, fallback } = explored(source, { max: 2_000 });
    expect(failures).toMatchObject([{ kind: 'assertion', message: 'only two of six are left' }]);
    expect(fallback === null || fallback.executions > 0).toBe(true);
  });

  test('by a bound on preemptions', () => {
    const report = explored(increments(2, 1), { preemptions: 0 });
    expect(report).toMatchObject({ complete: false, fallback: null });
    expect(report.bounds).toEqual(['Only schedules with at most 0 preemptions were looked at.']);
  });

  test('by hand, keeping what it found', () => {
    const run = explore(compile(increments(2, 3)));
    run.advance(20);
    run.stop();
    expect(run.advance(1)).toBe(true);
    const report = run.result();
    expect(report.complete).toBe(false);
    expect(report.outcomes.length).toBeGreaterThan(0);
    expect(report.bounds[0]).toMatch(/stopped after \d+ executions/);
  });

  test('by lot from the start', () => {
    const { bounds, estimate } = explored(increments(2, 1), { strategy: 'random', max: 7 });
    expect(bounds).toEqual(['7 schedules drawn by lot, and no others.']);
    expect(estimate).toBeNull();
  });

  test('by steps without an end', () => {
    const { bounds, complete } = explored(
      `import { Thread, Atomic } from 'interleave';
const n = new Atomic(0);
new Thread(() => { for (;;) n.add(1); });`,
      { steps: 100 },
    );
    expect(complete).toBe(false);
    expect(bounds).toEqual([
      '1 execution had not ended after 100 steps and went no further. When the first was cut off, thread 2 was on line 3: a loop that is only long, or one without an end.',
    ]);
  });
});

describe('a search that is complete', () => {
  test('has no bounds, and its estimate is what it took', () => {
    expect(explored(increments(2, 2))).toMatchObject({
      complete: true,
      bounds: [],
      fallback: null,
      executions: 34,
      estimate: 34,
    });
  });

  test('says what it assumed', () => {
    expect(explored(increments(2, 1), { memoryModel: 'tso' }).bounds).toEqual([
      'Stores go through store buffers (total store order).',
    ]);
  });
});

test('progress tells executions, findings and an estimate that comes near', () => {
  const run = explore(compile(increments(2, 3)));
  expect(run.progress()).toEqual({ executions: 0, outcomes: 0, failures: 0, estimate: null });
  for (let last = 0; !run.advance(40); ) {
    const { executions, outcomes, estimate } = run.progress();
    expect(executions).toBeGreaterThan(last);
    expect(outcomes).toBeGreaterThan(0);
    expect(estimate).toBeGreaterThan(50);
    expect(estimate).toBeLessThan(2_000);
    last = executions;
  }
  expect(run.progress()).toMatchObject({ executions: 328, outcomes: 5, estimate: 328 });
});

describe('a wait on a condition that may end without a signal', () => {
  const source = (word: 'if' | 'while') => `import { Thread, Mutex, Condition, assert } from 'interleave';
const m = new Mutex('m'), c = new Condition(m);
let ready = false;
const t = new Thread(() => m.withLock(() => { ${word} (!ready) c.wait(); assert(ready, 'not ready'); }));
m.withLock(() => { ready = true; c.signal(); });
t.join();`;

  test('is not looked for unless asked', () => {
    expect(explored(source('if'))).toMatchObject({ complete: true, failures: [], bounds: [] });
  });

  test('breaks an if, by a schedule that replays', () => {
    const { failures, bounds } = explored(source('if'), { spuriousWakeups: true });
    expect(failures).toMatchObject([{ kind: 'assertion', message: 'not ready' }]);
    expect(failures[0]?.schedule).toMatch(/^1s\./);
    expect(bounds).toEqual(['A wait on a condition may end without a signal, once for each thread.']);
  });

  test('does not break a while', () => {
    expect(explored(source('while'), { spuriousWakeups: true })).toMatchObject({
      complete: true,
      failures: [],
    });
  });
});
