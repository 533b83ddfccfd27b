import { CHUNK_BYTES } from './contents.ts';

/** Where properties lie, in the address space of each process: behind the arenas of all threads. */
const FIRST_PLACE = 2 ** 45;

/**
 * Where the properties of objects lie: the same place for the same object and key in all executions, whichever thread comes there first. Objects are known by their own addresses.
 */
export class Places {
  private readonly known = new Map<number, Map<PropertyKey, number>>();
  private top = FIRST_PLACE;

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
    }
    return place;
  }
}
