/** Bytes of a page and of the frame that holds it. */
export const PAGE_BYTES = 4096;
export const PAGE_SHIFT = 12;

const WORDS = PAGE_BYTES / 8;
const FIRST_COUNTERS = 256;

/**
 * Physical memory: numbered frames, each with the number of page-table entries that map it, and what programs stored
 * in it by address. A frame nobody maps is free and is handed out again, the longest free first.
 */
export class Frames {
  /** Frames there are. */
  readonly count: number;
  private references = new Uint16Array(FIRST_COUNTERS);
  private readonly contents = new Map<number, Float64Array>();
  private readonly free: number[] = [];
  private freeHead = 0;
  private untouched = 0;
  /** Frames in use now. */
  used = 0;

  private readonly scatter: boolean;
  private readonly bits: number;

  /**
   * @param bytes Size of the memory; what does not fill a frame is lost.
   * @param scatter Fresh frames come from all over the memory instead of one after the other: pages that follow each other then fight for places in a
   * physically indexed cache, as under a kernel that does not colour pages.
   */
  constructor(bytes: number, scatter = false) {
    this.count = Math.floor(bytes / PAGE_BYTES);
    this.scatter = scatter;
    this.bits = Math.ceil(Math.log2(Math.max(2, this.count)));
  }

  /** Take a free frame, all zeros, with one reference. Returns -1 where there is none: memory is full. */
  allocate(): number {
    const frame = this.next();
    if (frame < 0) return -1;
    if (frame >= this.references.length) this.references = grown(this.references, frame);
    this.references[frame] = 1;
    this.used++;
    return frame;
  }

  /** One page-table entry more maps the frame. */
  share(frame: number): void {
    this.references[frame] = this.referencesTo(frame) + 1;
  }

  /** One page-table entry fewer maps the frame; the last one frees it. */
  release(frame: number): void {
    const left = this.referencesTo(frame) - 1;
    this.references[frame] = left;
    if (left > 0) return;
    this.contents.delete(frame);
    this.free.push(frame);
    this.used--;
  }

  /** How many page-table entries map the frame; 0: it is free. */
  referencesTo(frame: number): number {
    return this.references[frame] ?? 0;
  }

  /** The 8-byte word at a byte offset in the frame. */
  load(frame: number, offset: number): number {
    return this.contents.get(frame)?.[offset >>> 3] ?? 0;
  }

  store(frame: number, offset: number, value: number): void {
    let words = this.contents.get(frame);
    if (words === undefined) {
      words = new Float64Array(WORDS);
      this.contents.set(frame, words);
    }
    words[offset >>> 3] = value;
  }

  /** Copy what one frame holds to another. */
  copy(from: number, to: number): void {
    const words = this.contents.get(from);
    if (words) this.contents.set(to, words.slice());
  }

  /** Where the nth fresh frame lies. */
  private place(n: number): number {
    if (!this.scatter) return n;
    let frame = n;
    do frame = scramble(frame, this.bits);
    while (frame >= this.count);
    return frame;
  }

  private next(): number {
    if (this.untouched < this.count) return this.place(this.untouched++);
    if (this.freeHead === this.free.length) return -1;
    const frame = this.free[this.freeHead++] as number;
    if (this.freeHead > 1024 && this.freeHead * 2 > this.free.length) {
      this.free.splice(0, this.freeHead);
      this.freeHead = 0;
    }
    return frame;
  }
}

/** A permutation of the numbers of so many bits that leaves no pattern. */
function scramble(value: number, bits: number): number {
  const mask = 2 ** bits - 1;
  let mixed = Math.imul(value + 1, 0x9e37_79b1) & mask;
  mixed ^= mixed >>> (bits >> 1);
  mixed = Math.imul(mixed, 0x85eb_ca6b) & mask;
  return (mixed ^ (mixed >>> ((bits >> 1) + 1))) & mask;
}

function grown(counters: Uint16Array<ArrayBuffer>, index: number): Uint16Array<ArrayBuffer> {
  const larger = new Uint16Array(Math.max(counters.length * 2, index + 1));
  larger.set(counters);
  return larger;
}
