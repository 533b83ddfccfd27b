import { CHUNK_BYTES } from './contents.ts';

/** Bytes of an element, chunks an array can have, and elements of a page where a chunk is mostly empty: see `Addresses`. */
const WORD = 8;
const CHUNKS = 30;
const PAGE_ELEMENTS = 64;
/** Where properties lie, in the address space of each process: behind the arenas of all threads. */
const FIRST_PLACE = 2 ** 45;

/**
 * Where the properties of objects lie: the same place for the same object and key in all executions, whichever thread comes there first. Objects are known by their own addresses.
 */
export class Places {
  private readonly known = new Map<number, Map<PropertyKey, number>>();
  private top = FIRST_PLACE;
  /** Where places begin, in ascending order, and what lies there. */
  private readonly starts: number[] = [];
  private readonly keys: PropertyKey[] = [];
  private readonly bases: number[] = [];
  private readonly lengths = new Set<number>();

  /** The place of a property, or of a chunk of elements. It begins a chunk of its own, so that its object can be told from it (see `ContentOwners`). */
  of(base: number, key: PropertyKey, bytes: number): number {
    let places = this.known.get(base);
    if (places === undefined) {
      places = new Map();
      this.known.set(base, places);
    }
    let place = places.get(key);
    if (place === undefined) {
      place = this.top;
      this.top += Math.ceil(bytes / CHUNK_BYTES) * CHUNK_BYTES;
      places.set(key, place);
      this.starts.push(place);
      this.keys.push(key);
      this.bases.push(base);
      if (key === 'length') this.lengths.add(place);
    }
    return place;
  }

  /** Is a property of the name `length` there? */
  isLength(address: number): boolean {
    return address >= FIRST_PLACE && this.lengths.has(address);
  }

  /** What lies at an address: the object's own address, and the key; null where no property does. */
  at(address: number): { readonly base: number; readonly key: PropertyKey } | null {
    if (address < FIRST_PLACE) return null;
    let from = 0;
    for (let to = this.starts.length; to - from > 1; ) {
      const middle = (from + to) >> 1;
      if ((this.starts[middle] as number) <= address) from = middle;
      else to = middle;
    }
    const key = this.keys[from];
    if (key === undefined) return null;
    const base = this.bases[from] as number;
    if (typeof key !== 'number') return { base, key };
    return { base, key: indexOf(key, (address - (this.starts[from] as number)) / WORD) };
  }
}

/** Index of the nth element in a chunk of elements, as `Addresses` numbers them. */
function indexOf(chunk: number, nth: number): number {
  const number = -1 - chunk;
  return number < CHUNKS ? (8 << number) - 8 + nth : (number - CHUNKS) * PAGE_ELEMENTS + nth;
}
