import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  AddressSpace,
  Cache,
  type FaultOutcome,
  Frames,
  Mmu,
  PAGE_BYTES,
} from '../../src/engine/machine/memory/index.ts';

/*
 * The oracles' machines have pages of 1 byte to 256 KiB, ours has pages of 4096. A smaller page is put at the beginning of one of
 * ours, a larger one takes several; frame numbers are the same. Every translation goes through the TLB twice: once as a miss, once
 * as a hit.
 */

interface Case<Input, Expected> {
  readonly id: string;
  readonly input: Input;
  readonly expected: Expected;
}

const read = <Input, Expected>(name: string) =>
  (
    JSON.parse(readFileSync(new URL(`oracles/${name}.json`, import.meta.url), 'utf8')) as {
      cases: Case<Input, Expected>[];
    }
  ).cases;

/** A machine whose frames are all there and whose page tables the test fills in. */
class Translation {
  readonly frames: Frames;
  readonly space: AddressSpace;
  private readonly mmu = new Mmu(
    { entries: 64, walk: 1, tagged: false, tags: 1 },
    new Cache(64, [{ bytes: 32_768, fillSequential: 1, fillRandom: 1 }]),
    64,
  );
  private readonly pageSize: number;
  /** Pages of ours to a page of the oracle's. */
  readonly pages: number;

  constructor(pageSize: number, frames: number) {
    this.pageSize = pageSize;
    this.pages = Math.ceil(pageSize / PAGE_BYTES);
    this.frames = new Frames(frames * this.pages * PAGE_BYTES);
    for (let frame = 0; frame < frames * this.pages; frame++) this.frames.allocate();
    this.space = new AddressSpace(1, this.frames);
    this.mmu.switchTo(this.space);
  }

  /** The address space has the pages from `page` on; which of them have frames is said by `attach`. */
  map(page: number, count: number): void {
    const bytes = this.pages * PAGE_BYTES;
    if (count > 0) this.space.map({ name: 'data', start: page * bytes, bytes: count * bytes });
  }

  attach(page: number, frame: number): void {
    for (let i = 0; i < this.pages; i++)
      this.space.attach(page * this.pages + i, frame * this.pages + i, true);
  }

  /** Where an address of the oracle's lies in our address space, and back for a physical one. */
  private ours(address: number): number {
    const page = Math.floor(address / this.pageSize);
    return page * this.pages * PAGE_BYTES + (address % this.pageSize);
  }

  private theirs(address: number): number {
    const frame = Math.floor(address / (this.pages * PAGE_BYTES));
    return frame * this.pageSize + (address % (this.pages * PAGE_BYTES));
  }

  /** The physical address, or what the kernel is told: nothing is mapped there, or the page has no frame. */
  translate(address: number): number | FaultOutcome {
    const at = this.ours(address);
    if (this.mmu.access(at, false) < 0) return this.space.segmentAt(at) ? 'demand' : 'unmapped';
    expect(this.mmu.access(at, true)).toBe(0);
    return this.theirs(this.mmu.physical(at));
  }
}

const physical = (translation: number | FaultOutcome) =>
  typeof translation === 'number' ? translation : null;

interface Relocation {
  readonly base: number;
  readonly limit: number;
  readonly vaddrs: readonly number[];
}

describe.each(read<Relocation, { paddrs: (number | null)[] }>('vm-relocation'))(
  '$id',
  ({ input, expected }) => {
    test('base and bounds: a segment of one-byte pages in a row of frames', () => {
      const { base, limit, vaddrs } = input;
      const memory = new Translation(1, base + limit);
      memory.map(0, limit);
      for (let page = 0; page < limit; page++) memory.attach(page, base + page);
      const translations = vaddrs.map((address) => memory.translate(address));
      expect(translations.map(physical)).toEqual(expected.paddrs);
      for (const it of translations) if (typeof it === 'string') expect(it).toBe('unmapped');
    });
  },
);

interface LinearTable {
  readonly pageSize: number;
  readonly pageTable: readonly number[];
  readonly vaddrs: readonly number[];
}

const VALID = 2 ** 31;

describe.each(read<LinearTable, { vpns: number[]; paddrs: (number | null)[] }>('vm-paging'))(
  '$id',
  ({ input, expected }) => {
    test('a linear page table translates what is valid in it', () => {
      const { pageSize, pageTable, vaddrs } = input;
      const valid = pageTable.flatMap((entry, page) =>
        entry >= VALID ? [{ page, frame: entry - VALID }] : [],
      );
      const memory = new Translation(pageSize, Math.max(0, ...valid.map(({ frame }) => frame)) + 1);
      memory.map(0, pageTable.length);
      for (const { page, frame } of valid) memory.attach(page, frame);
      expect(vaddrs.map((address) => physical(memory.translate(address)))).toEqual(expected.paddrs);
      expect(vaddrs.map((address) => Math.floor(address / pageSize))).toEqual(expected.vpns);
    });
  },
);

interface Multilevel {
  readonly pageSize: number;
  readonly physPages: number;
  readonly pdbr: number;
  readonly memoryPagesHex: readonly string[];
  readonly vaddrs: readonly number[];
}

interface Walk {
  readonly vaddr: number;
  readonly paddr: number | null;
  readonly value: number | null;
  readonly fault: 'pde' | 'pte' | null;
}

/** A byte of the oracle's memory takes a word of ours. */
const WORD = 8;
/** Entries of a directory and of a table. */
const ENTRIES = 32;

/** The valid entries of a directory or a table that lies in a page of memory: a byte each, whose highest bit says that it is valid. */
function entriesIn(page: readonly number[]): { readonly index: number; readonly frame: number }[] {
  return page.flatMap((entry, index) => (entry >= 128 ? [{ index, frame: entry - 128 }] : []));
}

/** Each valid entry of the directory is a segment of 32 pages; the table it points to says which of them have frames. */
function load({ pageSize, physPages, pdbr, memoryPagesHex }: Multilevel): Translation {
  const bytes = memoryPagesHex.map((page) =>
    (page.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)),
  );
  const memory = new Translation(pageSize, physPages);
  for (const [frame, page] of bytes.entries())
    for (const [offset, byte] of page.entries()) memory.frames.store(frame, offset * WORD, byte);
  for (const { index, frame } of entriesIn(bytes[pdbr] ?? [])) {
    memory.map(index * ENTRIES, ENTRIES);
    for (const entry of entriesIn(bytes[frame] ?? []))
      memory.attach(index * ENTRIES + entry.index, entry.frame);
  }
  return memory;
}

describe.each(read<Multilevel, { translations: Walk[] }>('vm-multilevel'))('$id', ({ input, expected }) => {
  test('a two-level page table translates, and a fault says at which level', () => {
    const memory = load(input);
    const walks = input.vaddrs.map((vaddr) => {
      const outcome = memory.translate(vaddr);
      if (typeof outcome === 'string')
        return { vaddr, paddr: null, value: null, fault: outcome === 'unmapped' ? 'pde' : 'pte' };
      const [frame, offset] = [Math.floor(outcome / input.pageSize), outcome % input.pageSize];
      return { vaddr, paddr: outcome, value: memory.frames.load(frame, offset * WORD), fault: null };
    });
    expect(walks).toEqual(
      expected.translations.map(({ vaddr, paddr, value, fault }) => ({ vaddr, paddr, value, fault })),
    );
  });
});
