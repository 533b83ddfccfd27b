import { describe, expect, test } from 'vitest';
import {
  AddressSpace,
  Cache,
  Frames,
  HitTable,
  Mmu,
  PAGE_BYTES,
} from '../../../../src/engine/machine/memory/index.ts';
import { Random } from '../../../../src/engine/machine/random.ts';

const HEAP = 0x2000_0000;
const PLACES = { shift: 0, floor: 33, known: 34, loads: 1, stores: 17, entries: 16 };
const LINE = 64;

const made = () => {
  const array = new Int32Array(35);
  const hits = new HitTable(LINE, array, PLACES);
  const knows = (address: number, isStore: boolean): boolean => {
    const unit = address >> (array[PLACES.shift] as number);
    return array[(isStore ? PLACES.stores : PLACES.loads) + (unit & 15)] === unit;
  };
  return { hits, knows, floor: () => array[PLACES.floor] };
};

describe('the table of known hits', () => {
  test('counts in lines: a load tells of loads of the line, a store of loads and stores', () => {
    const { hits, knows } = made();
    hits.enter(HEAP, false);
    expect([knows(HEAP + 56, false), knows(HEAP, true), knows(HEAP + LINE, false)]).toEqual([
      true,
      false,
      false,
    ]);
    hits.enter(HEAP, true);
    expect([knows(HEAP + 8, false), knows(HEAP + 8, true)]).toEqual([true, true]);
  });

  test('counts in words: neighbours are not known, and a store makes the next load news', () => {
    const { hits, knows } = made();
    hits.countIn('words');
    hits.enter(HEAP, false);
    expect([knows(HEAP, false), knows(HEAP + 8, false)]).toEqual([true, false]);
    hits.enter(HEAP, true);
    expect([knows(HEAP, false), knows(HEAP, true)]).toEqual([false, true]);
  });

  test.each(['lines', 'words'] as const)('forgets a line, counting in %s', (unit) => {
    const { hits, knows } = made();
    hits.countIn(unit);
    hits.enter(HEAP + 24, true);
    hits.enter(HEAP + LINE, false);
    hits.forget((HEAP + 24) >> 6);
    expect([knows(HEAP + 24, true), knows(HEAP + LINE, false)]).toEqual([false, true]);
  });

  test('knows nothing after it was cleared, however much it knew', () => {
    for (const count of [1, 10, 100]) {
      const { hits, knows } = made();
      for (let i = 0; i < count; i++) hits.enter(HEAP + i * LINE, i % 2 === 0);
      hits.clear();
      for (let i = 0; i < count; i++) expect(knows(HEAP + i * LINE, i % 2 === 0)).toBe(false);
    }
  });
});

describe('lines that are held for a time', () => {
  const holding = () => {
    const table = made();
    table.hits.enter(HEAP, true);
    table.hits.enter(HEAP + LINE, true);
    table.hits.hold(HEAP + 8, 300);
    table.hits.hold(HEAP + LINE, 500);
    return table;
  };

  test('have to be looked at again when the fuel comes to the highest of their floors', () => {
    const { hits, knows, floor } = holding();
    expect(floor()).toBe(500);
    hits.release(400);
    expect([knows(HEAP, true), knows(HEAP + LINE, true), floor()]).toEqual([true, false, 300]);
    hits.release(299);
    expect([knows(HEAP, true), floor()]).toEqual([false, 0]);
  });

  test('can be given another floor, where there is no other', () => {
    const { hits, knows, floor } = holding();
    expect(hits.holdsOnly(HEAP >> 6)).toBe(false);
    hits.forget((HEAP + LINE) >> 6);
    expect([hits.holdsOnly(HEAP >> 6), floor()]).toEqual([true, 300]);
    hits.renew(100);
    expect([knows(HEAP, true), floor()]).toEqual([true, 100]);
    hits.renew(-20);
    expect(floor()).toBe(0);
  });

  test('are forgotten with all else, and where there are too many', () => {
    const { hits, knows, floor } = holding();
    hits.clear();
    expect([knows(HEAP, true), floor()]).toEqual([false, 0]);
    for (let i = 0; i < 9; i++) {
      hits.enter(HEAP + i * LINE, true);
      hits.hold(HEAP + i * LINE, 100 + i);
    }
    expect([knows(HEAP + 7 * LINE, true), knows(HEAP + 8 * LINE, true), floor()]).toEqual([true, false, 107]);
  });
});

test('whatever was accessed before, what the table knows is a hit', () => {
  const random = new Random(7);
  const array = new Int32Array(35);
  const hits = new HitTable(LINE, array, PLACES);
  const cache = new Cache(LINE, [
    { bytes: 1024, fillSequential: 1, fillRandom: 5 },
    { bytes: 8192, ways: 4, fillSequential: 2, fillRandom: 9 },
  ]);
  const mmu = new Mmu({ entries: 4, walk: 30, tagged: false, tags: 0 }, cache, LINE, hits);
  const space = new AddressSpace(1, new Frames(2 ** 20));
  space.map({ name: 'heap', start: HEAP, bytes: 8 * PAGE_BYTES });
  mmu.switchTo(space);
  let known = 0;
  for (let i = 0; i < 20_000; i++) {
    const address = HEAP + random.below(8) * PAGE_BYTES + random.below(2) * 1024 + random.below(128);
    const isStore = random.below(2) === 1;
    const unit = address >> 6;
    const isKnown = array[(isStore ? PLACES.stores : PLACES.loads) + (unit & 15)] === unit;
    let ticks = mmu.access(address, isStore);
    if (ticks < 0) {
      space.fault(address, isStore);
      mmu.flushPage(address >>> 12);
      ticks = mmu.access(address, isStore);
    }
    if (isKnown) {
      known++;
      expect(ticks).toBe(0);
    }
    mmu.remember(address, isStore);
  }
  expect(known).toBeGreaterThan(100);
});
