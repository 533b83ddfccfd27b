import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSchedule, parseSchedule, ScheduleError } from '../../../src/engine/explorer/schedule.ts';

describe('a schedule as text', () => {
  test('counts steps in a row', () => {
    expect(formatSchedule({ seed: 0, memoryModel: 'sc', choices: [0, 1, 1, 1, 0] })).toBe('1.0.ab3a');
  });

  test('names the memory model and processes beyond the alphabet', () => {
    expect(formatSchedule({ seed: 36, memoryModel: 'tso', choices: [26, 27 * 26] })).toBe('1t.10.BaBBa');
  });

  test('reads back what it wrote, and fits a link', () => {
    const choices = fc.array(fc.nat(2000));
    const memoryModel = fc.constantFrom('sc' as const, 'tso' as const);
    fc.assert(
      fc.property(fc.record({ seed: fc.nat(), memoryModel, choices }), (schedule) => {
        const text = formatSchedule(schedule);
        expect(encodeURIComponent(text)).toBe(text);
        expect(parseSchedule(text)).toEqual(schedule);
      }),
    );
  });

  test.each([
    ['nonsense', 'is not a schedule'],
    ['', 'is not a schedule'],
    ['2.0.ab', 'of version 2'],
    ['1.0.a b', 'is not a schedule'],
    ['1.0.a99999999', 'longer than'],
  ])('refuses %j', (text, message) => {
    expect(() => parseSchedule(text)).toThrow(ScheduleError);
    expect(() => parseSchedule(text)).toThrow(message);
  });
});
