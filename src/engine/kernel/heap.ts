/** Block sizes are multiples of this, as is every address `malloc` returns. */
const ALIGNMENT = 16;

/** What `free` found at the address it was given. */
export type FreeOutcome = 'freed' | 'double' | 'unknown';

/**
 * The blocks of `malloc`: sizes of those in use, and freed ones by size, the last freed first, so that memory is used again quickly (and a program that uses
 * a block after freeing it finds somebody else's data there).
 */
export class Heap {
  private readonly used = new Map<number, number>();
  private readonly freed = new Map<number, number[]>();
  private readonly sizes = new Map<number, number>();
  /** Addresses of all blocks there ever were; fresh memory comes in order of address. */
  private readonly starts: number[] = [];

  /** Address of a block of at least `bytes`. `extend` reserves fresh memory. */
  allocate(bytes: number, extend: (bytes: number) => number): number {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const address = this.freed.get(size)?.pop() ?? this.extended(extend(size));
    this.used.set(address, size);
    this.sizes.set(address, size);
    return address;
  }

  private extended(address: number): number {
    this.starts.push(address);
    return address;
  }

  /** The freed block that an address lies in; -1 where it lies in none. */
  freedBlockAt(address: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) <= address) low = middle + 1;
      else high = middle;
    }
    const start = this.starts[low - 1] ?? -1;
    const isInside = start >= 0 && address < start + (this.sizes.get(start) as number);
    return isInside && !this.used.has(start) ? start : -1;
  }

  free(address: number): FreeOutcome {
    const size = this.used.get(address);
    if (size === undefined) return this.sizes.has(address) ? 'double' : 'unknown';
    this.used.delete(address);
    const list = this.freed.get(size) ?? [];
    list.push(address);
    this.freed.set(size, list);
    return 'freed';
  }
}
