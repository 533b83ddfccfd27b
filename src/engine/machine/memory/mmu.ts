import type { AddressSpace } from './address-space.ts';
import type { Cache } from './cache.ts';
import { PAGE_SHIFT } from './frames.ts';
import { HitTable } from './hit-table.ts';

/** Bits of a page number in a 32-bit address; above them a TLB key holds the tag of the address space. */
const PAGE_BITS = 20;
const MOST_TAGS = 2 ** 11;
const EMPTY = -1;

/** How a core translates. */
export interface TlbDescription {
  /** Translations it holds; rounded down to a power of two. */
  readonly entries: number;
  /** Ticks to fetch one from the page table. */
  readonly walk: number;
  /** Entries carry a tag of their address space, so that a switch need not drop them. */
  readonly tagged: boolean;
  /** How many address spaces the kernel keeps tags for, on each core. */
  readonly tags: number;
}

/**
 * One core's memory management unit: the TLB and, behind it, the caches. `access` is the path of every load and store of every
 * program, so the hit is a handful of array reads and everything else is out of line.
 */
export class Mmu {
  tlbMisses = 0;
  /** Ticks spent on fetching translations and on filling cache lines. */
  tlbTicks = 0;
  cacheTicks = 0;
  readonly cache: Cache;
  private readonly keys: Int32Array;
  private readonly writableKeys: Int32Array;
  private readonly frames: Int32Array;
  private readonly mask: number;
  private readonly lineShift: number;
  private readonly tlb: TlbDescription;
  private readonly hits: HitTable;
  /** By place in the nearest cache: the virtual line whose entry in the hit table depends on it. */
  private readonly dependents: Int32Array;
  /** Number of the cache line that the last access went to. */
  line = EMPTY;
  private space: AddressSpace | null = null;
  private tag = 0;
  private nextTag = 1;
  /** Spaces whose tags are valid on this core, the most recent last. */
  private tagged: { readonly space: AddressSpace; readonly tag: number }[] = [];

  /** @param lineBytes Bytes of a cache line. @param hits Told of everything that makes a hit one no more. */
  constructor(tlb: TlbDescription, cache: Cache, lineBytes: number, hits = new HitTable(lineBytes)) {
    this.hits = hits;
    this.dependents = new Int32Array(cache.nearest.length).fill(EMPTY);
    const entries = 2 ** Math.floor(Math.log2(tlb.entries));
    this.tlb = tlb;
    this.cache = cache;
    this.mask = entries - 1;
    this.lineShift = Math.log2(lineBytes);
    this.keys = new Int32Array(entries).fill(EMPTY);
    this.writableKeys = new Int32Array(entries).fill(EMPTY);
    this.frames = new Int32Array(entries);
  }

  /**
   * Translate and access. Returns the extra ticks of what missed, 0 for a hit in both; -1 where the page table has no frame for it or
   * does not allow the write: the kernel has to look at it (`AddressSpace.fault`) and the access be tried again.
   */
  access(address: number, write: boolean): number {
    const page = address >>> PAGE_SHIFT;
    const slot = slotOf(page) & this.mask;
    let ticks = 0;
    if ((write ? this.writableKeys : this.keys)[slot] !== (page | this.tag)) {
      ticks = this.translate(page, slot, write);
      if (ticks < 0) return -1;
    }
    const { cache } = this;
    const frame = this.frames[slot] as number;
    const line = ((frame << PAGE_SHIFT) | (address & 0xfff)) >>> this.lineShift;
    this.line = line;
    return cache.nearest[line & cache.nearestMask] === ~line ? ticks : ticks + this.fill(line);
  }

  /** The access that was just made tells nobody anything new when it is made again: remember it as a hit. */
  remember(address: number, write: boolean): void {
    const place = this.line & this.cache.nearestMask;
    const dependent = address >> this.lineShift;
    // Another virtual line may stand for the same place: shared memory.
    if (this.dependents[place] !== dependent) this.hits.forget(this.dependents[place] as number);
    this.dependents[place] = dependent;
    this.hits.enter(address, write);
  }

  /** Physical address of an address that was just accessed. */
  physical(address: number): number {
    const slot = slotOf(address >>> PAGE_SHIFT) & this.mask;
    return (this.frames[slot] as number) * (1 << PAGE_SHIFT) + (address & 0xfff);
  }

  /** A line came from the cache of another core: for the books. */
  fetched(ticks: number): void {
    this.cache.misses++;
    this.cacheTicks += ticks;
  }

  /** Lines that are not the program's pass through the caches: see {@link Cache.pollute}. */
  pollute(firstLine: number, count: number): void {
    this.hits.clear();
    this.cache.pollute(firstLine, count);
  }

  /** From now on translate for another address space. Returns whether its translations had to be dropped. */
  switchTo(space: AddressSpace): boolean {
    if (space === this.space) return false;
    this.hits.clear();
    this.space = space;
    if (!this.tlb.tagged) {
      this.flush();
      return true;
    }
    const known = this.tagged.findIndex((entry) => entry.space === space);
    const entry =
      known < 0
        ? { space, tag: this.newTag() }
        : (this.tagged.splice(known, 1)[0] as { space: AddressSpace; tag: number });
    this.tagged.push(entry);
    if (this.tagged.length > this.tlb.tags) this.tagged.shift();
    this.tag = entry.tag << PAGE_BITS;
    return known < 0;
  }

  /** Drop every translation. */
  flush(): void {
    this.hits.clear();
    this.keys.fill(EMPTY);
    this.writableKeys.fill(EMPTY);
  }

  /** Drop the translation of one page of the current space (its page-table entry changed). */
  flushPage(page: number): void {
    const slot = slotOf(page) & this.mask;
    if (this.keys[slot] !== (page | this.tag)) return;
    this.hits.clear();
    this.keys[slot] = EMPTY;
    if (this.writableKeys[slot] === (page | this.tag)) this.writableKeys[slot] = EMPTY;
  }

  /** The page table of a space changed in many places (fork, unmap): its translations are worth nothing on this core. */
  forget(space: AddressSpace): void {
    if (space === this.space) this.flush();
    else this.tagged = this.tagged.filter((entry) => entry.space !== space);
  }

  private translate(page: number, slot: number, write: boolean): number {
    const frame = this.space === null ? -1 : this.space.frameOf(page, write);
    if (frame < 0) return -1;
    if (this.keys[slot] !== EMPTY) this.hits.clear();
    this.tlbMisses++;
    this.tlbTicks += this.tlb.walk;
    this.frames[slot] = frame;
    this.keys[slot] = page | this.tag;
    this.writableKeys[slot] = write || this.space?.frameOf(page, true) === frame ? page | this.tag : EMPTY;
    return this.tlb.walk;
  }

  private fill(line: number): number {
    const place = line & this.cache.nearestMask;
    this.hits.forget(this.dependents[place] as number);
    const ticks = this.cache.fill(line);
    this.cacheTicks += ticks;
    return ticks;
  }

  private newTag(): number {
    if (this.nextTag === MOST_TAGS) {
      this.flush();
      this.tagged = [];
      this.nextTag = 1;
    }
    return this.nextTag++;
  }
}

/** Segments begin at round addresses; without this their first pages would all take the same place. */
function slotOf(page: number): number {
  return page + (page >>> 13) * 7;
}
