import { describe, expect, test } from 'vitest';
import { billOf } from '../../../src/components/book/pictures/bills.ts';
import { placeOf, rangeOf, rangeText } from '../../../src/components/book/pictures/ladder.ts';
import { lifeCycle, movesOf, movesText } from '../../../src/components/book/pictures/life-cycle.ts';
import { served, strip } from '../../../src/components/book/pictures/managers.ts';
import { pageTables, tablesOf, tablesText } from '../../../src/components/book/pictures/page-tables.ts';
import { runSnippet, traceSnippet } from '../../../src/components/site/build/run-snippet.ts';
import { CostPart } from '../../../src/engine/events.ts';

describe('the life cycle of a run', () => {
  const moves = movesOf(traceSnippet('life-of-a-thread'));

  test('counts every move of a thread between its states', () => {
    expect(moves).toEqual({ created: 3, picked: 5, sentBack: 1, blocked: 1, woken: 1, ended: 3 });
  });

  test('nobody is lost: who came to be ready was picked, who was picked left the core', () => {
    expect(moves.created + moves.sentBack + moves.woken).toBe(moves.picked);
    expect(moves.sentBack + moves.blocked + moves.ended).toBe(moves.picked);
  });

  test('is said in words as well', () => {
    expect(lifeCycle(moves)).toContain(`aria-label="${movesText(moves)}"`);
    expect(movesText(moves)).toContain('Running to blocked: once.');
  });
});

describe('the page tables of a run', () => {
  test('after a write the page has two frames; what only was read has one, until a write', () => {
    const { tables, frames } = tablesOf(traceSnippet('same-address'), [1, 2]);
    const [parent, child] = tables.map(({ entries }) => new Map(entries.map((each) => [each.segment, each])));
    expect(parent?.get('data')?.page).toBe(child?.get('data')?.page);
    expect(parent?.get('data')?.frame).not.toBe(child?.get('data')?.frame);
    expect(frames.filter(({ shared }) => shared !== 'no')).toEqual([
      { frame: parent?.get('stack')?.frame, shared: 'until a write' },
    ]);
  });

  test('shared memory is one frame for good', () => {
    const shown = tablesOf(traceSnippet('shared-board'), [1, 2]);
    expect(shown.frames.map(({ shared }) => shared)).toContain('for good');
    expect(tablesText(shown)).toMatch(
      /page board 0x60000 leads to frame (\d+).*Frame \1 is in both tables, for good\./,
    );
    expect(pageTables(shown)).toContain('process 2');
  });

  test('a process that left no memory is named', () => {
    expect(() => tablesOf(traceSnippet('same-address'), [1, 9])).toThrow('no process 9');
  });
});

test('the bill of a hand-over: its parts, and what is left for the program', () => {
  const { parts, total, own } = billOf(traceSnippet('ping-pong-processes'));
  expect(parts.get(CostPart.Registers)).toBeCloseTo(55, 0);
  expect(parts.get(CostPart.AddressSpace)).toBeCloseTo(90, 0);
  expect(own).toBeGreaterThan(0);
  expect([...parts.values()].reduce((sum, part) => sum + part, own)).toBeCloseTo(total);
  expect(() => billOf(traceSnippet('memory-map'))).toThrow('to nobody');
});

describe('one program under several policies', () => {
  test('first come, first served: in the order of arrival, each to its end', () => {
    const report = runSnippet('eight-managers', { policy: 'fifo' });
    expect(strip(report)).toContain('aria-label="A B C D"');
    expect(served(report)).toEqual({ response: 4.5, turnaround: 7.5 });
  });

  test('the shortest first lets whoever has begun finish; the shortest rest first does not', () => {
    expect(strip(runSnippet('eight-managers', { policy: 'sjf' }))).toContain('aria-label="A D B C"');
    expect(strip(runSnippet('eight-managers', { policy: 'stcf' }))).toContain('aria-label="A B C D C A"');
  });
});

describe('a ladder of measured times', () => {
  test('takes times and ranges of times, in whatever unit', () => {
    const range = rangeOf([
      { value: 736, unit: 'ns' },
      { value: '3.0-4.5', unit: 'us' },
    ]);
    expect(range).toEqual({ low: 736, high: 4500 });
    expect(rangeText(range)).toBe('740 ns to 4.5 µs');
    expect(rangeText({ low: 74.4, high: 74.4 })).toBe('74 ns');
  });

  test('refuses what is no time', () => {
    expect(() => rangeOf([{ value: '5-20', unit: '%' }])).toThrow('“5-20 %”');
    expect(() => rangeOf([{ value: '572 / 666', unit: 'ns' }])).toThrow('no time');
  });

  test('each step of ten is as wide as any other', () => {
    const at = (time: number) => placeOf({ low: time, high: time }, 1, 1000).start;
    expect([1, 10, 100, 1000].map(at).map(Math.round)).toEqual([0, 33, 67, 100]);
    expect(placeOf({ low: 10, high: 10 }, 1, 1000).end).toBeGreaterThan(at(10));
  });
});
