import { type Frames, PAGE_BYTES, PAGE_SHIFT } from './frames.ts';

/** A stretch of virtual addresses with one use. `end` is the first address after it; both are multiples of the page size. */
export interface Segment {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly writable: boolean;
  /** Children of a fork see the same frames instead of a copy. */
  readonly shared: boolean;
  /** Nothing may touch it: it stands beside a stack to catch overflow. */
  readonly guard: boolean;
}

/** One line of a page table, unpacked. */
export interface PageTableEntry {
  readonly page: number;
  readonly frame: number;
  readonly writable: boolean;
  /** Shared until somebody writes: the writer then gets a copy. */
  readonly copyOnWrite: boolean;
}

/** What the memory management unit could not do by itself, and what the kernel did about it. */
export type FaultOutcome =
  /** First touch: a frame was found and filled with zeros. */
  | 'demand'
  /** A shared page was written: the writer has its own copy now. */
  | 'copied'
  /** A page no longer shared was written: it was made writable. */
  | 'reused'
  /** Nothing is mapped there. */
  | 'unmapped'
  /** A write to what may only be read. */
  | 'protected'
  /** A stack ran into its guard page. */
  | 'guard'
  /** No frame is free. */
  | 'no-memory';

const WRITABLE = 1;
const COPY_ON_WRITE = 2;
const FLAGS = 2;

/** Told of every change of a page table: the page is in this frame from now on, or in none (-1). */
export type PageWatcher = (space: number, page: number, frame: number, copyOnWrite: boolean) => void;

/** One process's virtual memory: its segments and its page table. Pages get frames when they are first touched. */
export class AddressSpace {
  /** Unique in the machine; the TLB marks its entries with it. */
  readonly id: number;
  /** Pages that have a frame, and the most there were. */
  resident = 0;
  peakResident = 0;
  private readonly frames: Frames;
  private segmentList: Segment[] = [];
  private readonly entries = new Map<number, number>();

  private readonly watcher: PageWatcher | null;

  constructor(id: number, frames: Frames, watcher: PageWatcher | null = null) {
    this.id = id;
    this.frames = frames;
    this.watcher = watcher;
  }

  /** Segments in order of address. */
  get segments(): readonly Segment[] {
    return this.segmentList;
  }

  /**
   * Add a segment. Sizes are rounded out to whole pages.
   * @throws RangeError where it would overlap another.
   */
  map(segment: {
    name: string;
    start: number;
    bytes: number;
    writable?: boolean;
    shared?: boolean;
    guard?: boolean;
  }): Segment {
    const start = segment.start - (segment.start % PAGE_BYTES);
    const end = Math.ceil((segment.start + segment.bytes) / PAGE_BYTES) * PAGE_BYTES;
    const clash = this.segmentList.find((other) => start < other.end && other.start < end);
    if (clash)
      throw new RangeError(
        `Segment ${segment.name} at ${hex(start)} would overlap ${clash.name} at ${hex(clash.start)}.`,
      );
    const { name, writable = true, shared = false, guard = false } = segment;
    const added: Segment = { name, start, end, writable, shared, guard };
    const place = this.segmentList.findIndex((other) => other.start > start);
    this.segmentList.splice(place < 0 ? this.segmentList.length : place, 0, added);
    return added;
  }

  /** Make a segment larger at its end (the heap's break). */
  grow(segment: Segment, end: number): Segment {
    const larger = { ...segment, end: Math.ceil(end / PAGE_BYTES) * PAGE_BYTES };
    this.segmentList = this.segmentList.map((other) => (other === segment ? larger : other));
    return larger;
  }

  /** Change what may be done with a segment; translations of it have to be dropped from every TLB. */
  protect(segment: Segment, writable: boolean, accessible: boolean): Segment {
    const changed = { ...segment, writable, guard: !accessible };
    this.segmentList = this.segmentList.map((other) => (other === segment ? changed : other));
    for (let page = segment.start / PAGE_BYTES; page < segment.end / PAGE_BYTES; page++) {
      const entry = this.entries.get(page);
      if (entry !== undefined && !accessible) this.drop(page);
      else if (entry !== undefined && (entry & COPY_ON_WRITE) === 0)
        this.entries.set(page, writable ? entry | WRITABLE : entry & ~WRITABLE);
    }
    return changed;
  }

  /** Take a segment away and free its frames. */
  unmap(segment: Segment): void {
    this.segmentList = this.segmentList.filter((other) => other !== segment);
    for (let page = segment.start >>> PAGE_SHIFT; page < segment.end / PAGE_BYTES; page++) this.drop(page);
  }

  /** The segment an address lies in. */
  segmentAt(address: number): Segment | undefined {
    const list = this.segmentList;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((list[middle] as Segment).end <= address) low = middle + 1;
      else high = middle;
    }
    const found = list[low];
    return found !== undefined && found.start <= address ? found : undefined;
  }

  /** The frame a page is in, or -1 where it has none or may not be written that way. */
  frameOf(page: number, write: boolean): number {
    const entry = this.entries.get(page);
    if (entry === undefined || (write && (entry & WRITABLE) === 0)) return -1;
    return entry >>> FLAGS;
  }

  /** Put a given frame behind a page (a shared mapping). Takes a reference. */
  attach(page: number, frame: number, writable: boolean): void {
    this.frames.share(frame);
    this.set(page, frame, writable ? WRITABLE : 0);
  }

  /** Do what has to be done so that the access can go on, or say why it cannot. */
  fault(address: number, write: boolean): FaultOutcome {
    const segment = this.segmentAt(address);
    if (segment === undefined) return 'unmapped';
    if (segment.guard) return 'guard';
    if (write && !segment.writable) return 'protected';
    const page = address >>> PAGE_SHIFT;
    const entry = this.entries.get(page);
    if (entry === undefined) return this.demand(page, segment.writable);
    return (entry & COPY_ON_WRITE) !== 0 ? this.separate(page, entry >>> FLAGS) : 'protected';
  }

  /**
   * A copy for a forked child: private pages are shared until one side writes, shared ones stay shared. Returns the child's space; the
   * caller has to drop this space's writable translations from every TLB.
   */
  fork(id: number): AddressSpace {
    const child = new AddressSpace(id, this.frames, this.watcher);
    child.segmentList = [...this.segmentList];
    for (const [page, entry] of this.entries) {
      const frame = entry >>> FLAGS;
      const shared = this.segmentAt(page * PAGE_BYTES)?.shared === true;
      const isPrivate = !shared && (entry & (WRITABLE | COPY_ON_WRITE)) !== 0;
      const flags = isPrivate ? COPY_ON_WRITE : entry & WRITABLE;
      this.frames.share(frame);
      this.put(page, frame, flags);
      child.set(page, frame, flags);
    }
    return child;
  }

  /** Give back every frame. */
  clear(): void {
    for (const page of [...this.entries.keys()]) this.drop(page);
  }

  /** The page table, in order of pages. */
  pageTable(): PageTableEntry[] {
    return [...this.entries]
      .sort(([a], [b]) => a - b)
      .map(([page, entry]) => ({
        page,
        frame: entry >>> FLAGS,
        writable: (entry & WRITABLE) !== 0,
        copyOnWrite: (entry & COPY_ON_WRITE) !== 0,
      }));
  }

  private demand(page: number, writable: boolean): FaultOutcome {
    const frame = this.frames.allocate();
    if (frame < 0) return 'no-memory';
    this.set(page, frame, writable ? WRITABLE : 0);
    return 'demand';
  }

  private separate(page: number, frame: number): FaultOutcome {
    if (this.frames.referencesTo(frame) === 1) {
      this.put(page, frame, WRITABLE);
      return 'reused';
    }
    const copy = this.frames.allocate();
    if (copy < 0) return 'no-memory';
    this.frames.copy(frame, copy);
    this.frames.release(frame);
    this.put(page, copy, WRITABLE);
    return 'copied';
  }

  private set(page: number, frame: number, flags: number): void {
    if (!this.entries.has(page)) this.resident++;
    this.peakResident = Math.max(this.peakResident, this.resident);
    this.put(page, frame, flags);
  }

  private put(page: number, frame: number, flags: number): void {
    this.entries.set(page, (frame << FLAGS) | flags);
    this.watcher?.(this.id, page, frame, (flags & COPY_ON_WRITE) !== 0);
  }

  private drop(page: number): void {
    const entry = this.entries.get(page);
    if (entry === undefined) return;
    this.entries.delete(page);
    this.resident--;
    this.frames.release(entry >>> FLAGS);
    this.watcher?.(this.id, page, -1, false);
  }
}

/** An address as programmers write it. */
export function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
