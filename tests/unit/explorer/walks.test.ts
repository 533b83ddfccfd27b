import { describe, expect, test } from 'vitest';
import { Chance } from '../../conformance/chance.ts';
import { explored } from './explored.ts';

/** Something a thread does to a collection at once: in a program, and to the collection itself. */
type Deed<C> = readonly [code: string, act: (collection: C) => void];

/** A kind of collection, what is done to it, and the ways in which a program walks over it. */
interface Kind<C extends Iterable<unknown>> {
  readonly code: string;
  make(): C;
  readonly deeds: readonly Deed<C>[];
  readonly walks: readonly string[];
}

const KEYS = [0, 1, 2];
const loop = (over: string, item = 'item') => `for (const item of ${over} as any) s.push(${item});`;

const maps: Kind<Map<number, number>> = {
  code: 'new Map([[0, 0], [1, 1]])',
  make: () =>
    new Map([
      [0, 0],
      [1, 1],
    ]),
  deeds: [
    ...KEYS.map(
      (key): Deed<Map<number, number>> => [`c.set(${key}, ${key + 5})`, (c) => c.set(key, key + 5)],
    ),
    ...KEYS.map((key): Deed<Map<number, number>> => [`c.delete(${key})`, (c) => c.delete(key)]),
    ['c.clear()', (c) => c.clear()],
  ],
  walks: [
    loop('c'),
    loop('c.entries()'),
    's.push(...c);',
    'c.forEach((value, key) => s.push([key, value]));',
  ],
};

const sets: Kind<Set<number>> = {
  code: 'new Set([0, 1])',
  make: () => new Set([0, 1]),
  deeds: [
    ...KEYS.map((key): Deed<Set<number>> => [`c.add(${key})`, (c) => c.add(key)]),
    ...KEYS.map((key): Deed<Set<number>> => [`c.delete(${key})`, (c) => c.delete(key)]),
  ],
  walks: [
    loop('c'),
    loop('c.keys()'),
    'const [...all] = c; s.push(...all);',
    'c.forEach((key) => s.push(key));',
  ],
};

const lists: Kind<number[]> = {
  code: '[0, 1] as number[]',
  make: () => [0, 1],
  deeds: [
    ['c.push(7)', (c) => c.push(7)],
    ['c.pop()', (c) => c.pop()],
    ['c.shift()', (c) => c.shift()],
    ['c.unshift(9)', (c) => c.unshift(9)],
    ['c.reverse()', (c) => c.reverse()],
    [
      'c.length = 1',
      (c) => {
        c.length = 1;
      },
    ],
    ...KEYS.map(
      (key): Deed<number[]> => [
        `c[${key}] = ${key + 5}`,
        (c) => {
          c[key] = key + 5;
        },
      ],
    ),
  ],
  walks: [loop('c'), loop('c.values()'), loop('c.entries()', 'item[1]'), 's.push(...c);'],
};

/** What the walk can meet, by all orders of its steps and the deeds. */
function possible<C extends Iterable<unknown>>(
  kind: Kind<C>,
  threads: readonly (readonly Deed<C>[])[],
): string[] {
  const found = new Set<string>();
  const follow = (order: readonly number[]): void => {
    const collection = kind.make();
    const walk = collection[Symbol.iterator]();
    const begun = threads.map(() => 0);
    const met: unknown[] = [];
    let isOver = false;
    for (const thread of order) {
      const deed = threads[thread]?.[begun[thread] as number];
      begun[thread] = (begun[thread] as number) + 1;
      if (deed) deed[1](collection);
      else {
        const { done, value } = walk.next();
        if (done) isOver = true;
        else met.push(value);
      }
    }
    const able = threads.flatMap((deeds, thread) =>
      (begun[thread] as number) < deeds.length ? [thread] : [],
    );
    if (!isOver) able.push(threads.length);
    if (able.length === 0) found.add(met.join());
    for (const thread of able) follow([...order, thread]);
  };
  follow([]);
  return [...found].sort();
}

function compare<C extends Iterable<unknown>>(kind: Kind<C>, seed: number): void {
  const chance = new Chance(seed);
  const threads = chance.several(2, () => chance.several(1 + chance.below(2), () => chance.pick(kind.deeds)));
  const writers = threads.map((deeds) => `new Thread(() => { ${deeds.map(([code]) => code).join('; ')}; })`);
  const source = `import { Thread, print } from 'interleave';
const c = ${kind.code};
const s: unknown[] = [];
const all = [${writers}, new Thread(() => { ${chance.pick(kind.walks)} print(s.join()); })];
for (const thread of all) thread.join();`;
  const { outcomes, complete } = explored(source);
  expect(complete).toBe(true);
  expect(outcomes.map(({ stdout }) => stdout.join()).sort(), source).toEqual(possible(kind, threads));
}

describe('a walk meets exactly what some order of its steps and the other threads’ can show it', () => {
  const seeds = Array.from({ length: 25 }, (_, i) => i + 1);
  test.each(seeds)('over maps (seed %i)', (seed) => compare(maps, seed));
  test.each(seeds)('over sets (seed %i)', (seed) => compare(sets, seed));
  test.each(seeds)('over arrays (seed %i)', (seed) => compare(lists, seed));
});
