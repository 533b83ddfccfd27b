import { describe, expect, test } from 'vitest';
import { describeEvent } from '../../../src/components/views/event-words.ts';
import {
  cursorAt,
  lineAround,
  momentAt,
  nextOnLine,
  stepFrom,
} from '../../../src/components/views/moment.ts';
import { eventOfLine, lineOfEvent, printsBefore } from '../../../src/components/views/prints.ts';
import { EventKind } from '../../../src/engine/events.ts';
import { lostUpdate, map, traceOf } from './fixtures.ts';

describe('a moment of a run', () => {
  test('knows the state and the line of every thread', () => {
    const { threads, time } = momentAt(lostUpdate, map, 9);
    expect(time).toBe(35);
    expect(threads.map(({ name, state, line }) => [name, state, line])).toEqual([
      ['ann', 'ready', 4],
      ['ben', 'running', 5],
    ]);
  });

  test('knows the value that was last seen in a variable', () => {
    expect(momentAt(lostUpdate, map, 5).variables).toMatchObject([{ name: 'counter', value: '0', tid: 2 }]);
    expect(momentAt(lostUpdate, map, 9).variables).toMatchObject([{ name: 'counter', value: '1', tid: 3 }]);
  });

  test('knows how long every thread has run and been ready so far', () => {
    const spent = (cursor: number) => momentAt(lostUpdate, map, cursor).threads.map(({ spent }) => spent);
    expect(spent(5)[0]).toEqual({ running: 10, ready: 10, blocked: 0 });
    expect(spent(5)[1]).toEqual({ running: 0, ready: 20, blocked: 0 });
  });

  test('knows who holds a lock, until it is given back', () => {
    const locked = traceOf([
      { time: 0, kind: EventKind.Acquire, tid: 2, a: 7 },
      { time: 5, kind: EventKind.Release, tid: 2, a: 7 },
    ]);
    expect([...momentAt(locked, map, 1).holders]).toEqual([[7, 2]]);
    expect(momentAt(locked, map, 2).holders.size).toBe(0);
  });

  test('knows how many lines had been printed', () => {
    const printing = traceOf([
      { time: 0, kind: EventKind.Print, tid: 2 },
      { time: 1, kind: EventKind.Load, tid: 2, a: 8 },
      { time: 2, kind: EventKind.Print, tid: 2 },
    ]);
    expect([0, 1, 2, 3].map((cursor) => printsBefore(printing, cursor))).toEqual([0, 1, 1, 2]);
    expect([0, 1, 2].map((line) => eventOfLine(printing, line))).toEqual([0, 2, -1]);
    expect([0, 1, 2].map((event) => lineOfEvent(printing, event))).toEqual([0, -1, 1]);
  });

  test('going back gives the same moment as coming from the start', () => {
    const before = momentAt(lostUpdate, map, 4);
    momentAt(lostUpdate, map, 10);
    expect(momentAt(lostUpdate, map, 4)).toEqual(before);
  });
});

describe('stepping', () => {
  test('passes over overhead, both ways', () => {
    expect(stepFrom(lostUpdate, 5, 1)).toBe(7);
    expect(stepFrom(lostUpdate, 7, -1)).toBe(5);
  });

  test('stays inside the run', () => {
    expect(stepFrom(lostUpdate, 0, -1)).toBe(0);
    expect(stepFrom(lostUpdate, lostUpdate.length, 1)).toBe(lostUpdate.length);
  });

  test('runs to a line, or says that it is not reached again', () => {
    expect(nextOnLine(lostUpdate, map, 4, 5)).toBe(9);
    expect(nextOnLine(lostUpdate, map, 12, 4)).toBeNull();
  });

  test('finds the line of a thread at a time', () => {
    expect(lineAround(lostUpdate, map, 2, 40)).toBe(4);
    expect(lineAround(lostUpdate, map, 3, 40)).toBe(5);
    expect(lineAround(lostUpdate, map, 1, 40)).toBe(0);
  });

  test('finds the cursor of a time', () => {
    expect(cursorAt(lostUpdate, 12)).toBe(4);
    expect(cursorAt(lostUpdate, 1e9)).toBe(lostUpdate.length);
  });
});

describe('events in words', () => {
  test.each([
    [3, 'ann loads counter → 0 (line 4)'],
    [4, 'ann is preempted'],
    [5, 'ben pays 5 ns for saving and restoring registers'],
    [8, 'ben stores 1 to counter (line 5)'],
    [9, 'ben ends'],
  ])('event %i', (index, words) => {
    expect(describeEvent(lostUpdate, map, index)).toBe(words);
  });
});
