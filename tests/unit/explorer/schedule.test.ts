import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSchedule, parseSchedule, ScheduleError } from '../../../src/engine/explorer/schedule.ts';
import { explored, replayed } from './explored.ts';

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
    const program = fc.stringMatching(/^[0-9a-z]{5}$/);
    fc.assert(
      fc.property(
        fc.record(
          { seed: fc.nat(), memoryModel, choices, program },
          { requiredKeys: ['seed', 'memoryModel', 'choices'] },
        ),
        (schedule) => {
          const text = formatSchedule(schedule);
          expect(encodeURIComponent(text)).toBe(text);
          expect(parseSchedule(text)).toEqual(schedule);
        },
      ),
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

describe('a schedule and its program', () => {
  const program = (body: string) => `import { Thread, print } from 'interleave';
let n = 0;
const work = () => { ${body} };
const a = new Thread(work), b = new Thread(work);
a.join(); b.join();
print(n);`;
  const original = program('n++;');
  const schedule = explored(original).outcomes.find(({ stdout }) => stdout[0] === '1')?.schedule as string;

  test('a lost update is replayed', () => expect(replayed(original, schedule)).toEqual(['1']));

  test.each([
    ['comments', `// two increments\n${program('/* a load and a store */ n++;')}`],
    ['blank lines', `\n\n${program('\n  n++;\n')}\n`],
    ['types', original.replace('let n = 0', 'let n: number = 0').replace('() =>', '(): void =>')],
  ])('%s may change', (_, source) => expect(replayed(source, schedule)).toEqual(['1']));

  test.each([
    ['another operator', program('n--;')],
    ['another name', original.replaceAll('n++', 'n++').replaceAll('work', 'toil')],
    ['another program', `import { print } from 'interleave';\nprint(1);`],
  ])('%s is refused, with advice', (_, source) =>
    expect(() => replayed(source, schedule)).toThrow(
      /found in another program.*Explore the program as it is now/,
    ),
  );

  test('without a fingerprint it is tried on any program, and refused at the step that does not fit', () => {
    const bare = schedule.replace(/\.[0-9a-z]{5}$/, '');
    expect(replayed(original, bare)).toEqual(['1']);
    expect(() => replayed(`import { print } from 'interleave';\nprint(1);`, bare)).toThrow(
      /does not fit this program: at step 1/,
    );
  });

  test.each([
    ['cut off in the fingerprint', (text: string) => text.slice(0, -2), 'its end is missing'],
    ['a name without an end', () => `1.0.${'Z'.repeat(1_000_000)}a`, 'names no process'],
    ['a seed beyond all numbers', () => '1.zzzzzzzzzzz.a', 'no seed'],
    ['millions of letters', () => `1.0.${'ab'.repeat(3_000_000)}`, 'longer than any'],
    ['of a later version', (text: string) => text.replace(/^1/, '12'), 'of version 12'],
  ])('%s: a clear error', (_, spoil, message) => {
    expect(() => parseSchedule(spoil(schedule))).toThrow(ScheduleError);
    expect(() => parseSchedule(spoil(schedule))).toThrow(message);
  });
});
