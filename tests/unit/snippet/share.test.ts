import { readdirSync, readFileSync } from 'node:fs';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { blankSource, playgroundId } from '../../../src/components/snippet/blank.ts';
import { settings } from '../../../src/components/snippet/machine-settings.ts';
import { fragmentOf, readFragment, type Shared } from '../../../src/components/snippet/share.ts';

const original = `import { Thread, print } from 'interleave';\nlet counter = 0;\nprint(counter);`;
const id = 'snippet-lost-update';
const nothing: Shared = { text: original, machine: {}, schedule: null, cursor: null, view: 'Output' };
const edited: Shared = {
  text: original.replace('counter = 0', 'counter = 41 // 🧵'),
  machine: { seed: 7, cores: 2, policy: 'mlfq' },
  schedule: 'v1.abc',
  cursor: 12,
  view: 'Timeline',
};

describe('a link', () => {
  test('brings back the whole state', () => {
    expect(readFragment(fragmentOf(id, original, edited), id, original)).toEqual(edited);
    expect(readFragment(fragmentOf(id, original, nothing), id, original)).toEqual(nothing);
  });

  test('holds every setting of the machine, those that are switched off too', () => {
    const machine = {
      cores: 4,
      policy: 'mlfq',
      quantum: 500,
      seed: 0,
      costs: 'free',
      memory: 65_536,
      memoryModel: 'tso',
      interpreterLock: false,
      spuriousWakeups: true,
    } as const;
    expect(settings.map(([key]) => key)).toEqual(Object.keys(machine));
    const shared = { ...nothing, machine };
    expect(readFragment(fragmentOf(id, original, shared), id, original)).toEqual(shared);
  });

  test('that was made when there were fewer settings still opens', () => {
    const before = 'let a = 1;\nlet b = 2;\nprint(a + b);\n';
    const old = `${id}~1Dcs7DoAgEATQu0w9Iax8Es5CKIyBRjfGFe8v_Xu1SqFkIoAQ00PjicYaCb3GAybvWYhhvYM5pbDsfG9w2tfbOk7cDsrG0H4`;
    expect(readFragment(old, id, before)).toEqual({
      text: before.replace('b = 2', 'b = 3'),
      machine: {
        cores: 4,
        policy: 'mlfq',
        quantum: 500,
        seed: 9,
        costs: 'free',
        memory: 65_536,
        memoryModel: 'tso',
        interpreterLock: true,
      },
      schedule: '1.1.a',
      cursor: 12,
      view: 'Threads',
    });
  });

  test('is the same for the same state, whatever the order of its settings', () => {
    const other = { ...edited, machine: { policy: 'mlfq', cores: 2, seed: 7 } };
    expect(fragmentOf(id, original, other)).toBe(fragmentOf(id, original, edited));
  });

  test('holds the difference, not the text', () => {
    const long = original.repeat(100);
    expect(fragmentOf(id, long, { ...edited, text: `${long}// end` }).length).toBeLessThan(200);
  });

  test('to any program of the book is short, with every setting and in the playground too', () => {
    const folder = new URL('../../../src/content/snippets/', import.meta.url);
    const machine = {
      cores: 64,
      policy: 'lottery',
      quantum: 123_456,
      seed: 987_654_321,
      costs: 'p6-1995',
      memoryModel: 'tso',
    };
    const all = { machine, schedule: null, cursor: 123_456, view: 'Schedules' } as unknown as Shared;
    const lengths = readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => {
        const text = readFileSync(new URL(file, folder), 'utf8').trimEnd();
        return [file, fragmentOf(playgroundId, blankSource, { ...all, text }).length] as const;
      });
    expect(lengths.length).toBeGreaterThan(100);
    expect(lengths.filter(([, length]) => length > 1_900)).toEqual([]);
  });

  test('about another snippet is none of ours', () => {
    expect(readFragment('snippet-other~1abc', id, original)).toBeNull();
    expect(readFragment(id, id, original)).toBeNull();
  });

  test.each([
    ['cut off', (link: string) => link.slice(0, -6)],
    ['not base64', (link: string) => `${link.slice(0, -3)}!!!`],
    ['empty', () => `${id}~1`],
  ])('that is %s is refused with a reason', (_, spoil) => {
    expect(() => readFragment(spoil(fragmentOf(id, original, edited)), id, original)).toThrow(
      /broken or cut off/,
    );
  });

  test('of another version is refused', () => {
    expect(() => readFragment(`${id}~9abc`, id, original)).toThrow('another version of this site');
  });

  test('made from another listing is refused', () => {
    expect(() => readFragment(fragmentOf(id, original, edited), id, `${original}\n`)).toThrow(
      'another version of this listing',
    );
  });

  test('that is huge is refused before it is unpacked', () => {
    expect(() => readFragment(`${id}~1${'A'.repeat(30_000)}`, id, original)).toThrow('too long');
  });

  test('with hostile parts falls back to what is harmless', () => {
    const packed = deflateSync(strToU8(JSON.stringify([null, { cores: 3 }, 5, -1, 'Nowhere'])));
    const text = btoa(String.fromCharCode(...packed))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, '');
    expect(readFragment(`${id}~1${text}`, id, original)).toEqual(nothing);
  });
});
