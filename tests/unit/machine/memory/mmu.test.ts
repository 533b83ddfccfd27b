import { expect, test } from 'vitest';
import { AddressSpace } from '../../../../src/engine/machine/memory/address-space.ts';
import { Cache } from '../../../../src/engine/machine/memory/cache.ts';
import { Frames, PAGE_BYTES } from '../../../../src/engine/machine/memory/frames.ts';
import { Mmu } from '../../../../src/engine/machine/memory/mmu.ts';

const HEAP = 0x2000_0000;
const WALK = 160;

function core({ tagged = true, tags = 2 } = {}) {
  const cache = new Cache(64, [
    { bytes: 4096, fillSequential: 1, fillRandom: 50 },
    { bytes: 65_536, fillSequential: 3, fillRandom: 250 },
  ]);
  return new Mmu({ entries: 64, walk: WALK, tagged, tags }, cache, 64);
}

function space(id: number, frames: Frames) {
  const made = new AddressSpace(id, frames);
  made.map({ name: 'heap', start: HEAP, bytes: 256 * PAGE_BYTES });
  return made;
}

/** Access, with the kernel's help where it is needed. */
function reach(mmu: Mmu, at: AddressSpace, address: number, write = false): number {
  const ticks = mmu.access(address, write);
  if (ticks >= 0) return ticks;
  at.fault(address, write);
  mmu.flushPage(address >>> 12);
  return mmu.access(address, write);
}

test('the first access walks the page table and fills a line, the second hits', () => {
  const mmu = core();
  const heap = space(1, new Frames(2 ** 20));
  mmu.switchTo(heap);
  expect(mmu.access(HEAP, false)).toBe(-1);
  expect(reach(mmu, heap, HEAP)).toBe(WALK + 50 + 250);
  expect(mmu.access(HEAP + 8, false)).toBe(0);
});

test('going up line by line costs the prefetched fill', () => {
  const mmu = core();
  const heap = space(1, new Frames(2 ** 20));
  mmu.switchTo(heap);
  reach(mmu, heap, HEAP);
  expect(mmu.access(HEAP + 64, false)).toBe(1 + 3);
  expect(mmu.access(HEAP + 640, false)).toBe(50 + 250);
});

test('a line pushed out of the nearest level is found in the next', () => {
  const mmu = core();
  const heap = space(1, new Frames(2 ** 20));
  mmu.switchTo(heap);
  reach(mmu, heap, HEAP);
  reach(mmu, heap, HEAP + 4096);
  expect(mmu.access(HEAP, false)).toBe(50);
});

test('a read-only translation does not serve a write', () => {
  const mmu = core();
  const frames = new Frames(2 ** 20);
  const heap = space(1, frames);
  mmu.switchTo(heap);
  reach(mmu, heap, HEAP, true);
  heap.fork(2);
  mmu.forget(heap);
  reach(mmu, heap, HEAP);
  expect(mmu.access(HEAP, true)).toBe(-1);
  expect(heap.fault(HEAP, true)).toBe('copied');
  mmu.flushPage(HEAP >>> 12);
  expect(mmu.access(HEAP, true)).toBeGreaterThan(0);
});

test('the same address in two address spaces is two frames', () => {
  const mmu = core();
  const frames = new Frames(2 ** 20);
  const [one, two] = [space(1, frames), space(2, frames)];
  mmu.switchTo(one);
  reach(mmu, one, HEAP);
  const first = mmu.physical(HEAP);
  mmu.switchTo(two);
  reach(mmu, two, HEAP);
  expect(mmu.physical(HEAP)).not.toBe(first);
});

test.each([
  ['without tags every switch drops the translations', { tagged: false }, WALK],
  ['with tags they survive a switch', { tagged: true }, 0],
])('%s', (_name, options, cost) => {
  const mmu = core(options);
  const frames = new Frames(2 ** 20);
  const [one, two] = [space(1, frames), space(2, frames)];
  mmu.switchTo(one);
  reach(mmu, one, HEAP);
  mmu.switchTo(two);
  mmu.switchTo(one);
  expect(mmu.access(HEAP, false)).toBe(cost);
});

test('more address spaces than tags: the one longest away starts cold', () => {
  const mmu = core({ tags: 2 });
  const frames = new Frames(2 ** 20);
  const spaces = [1, 2, 3].map((id) => space(id, frames));
  const [one, two, three] = spaces as [AddressSpace, AddressSpace, AddressSpace];
  mmu.switchTo(one);
  reach(mmu, one, HEAP);
  mmu.switchTo(two);
  mmu.switchTo(three);
  mmu.switchTo(one);
  expect(mmu.access(HEAP, false)).toBe(WALK);
});
