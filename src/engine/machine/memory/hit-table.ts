/** Where a hit table lies in an array of 32-bit numbers that it shares with its reader. */
export interface HitTablePlaces {
  /** The place of the number of bits by which addresses are shifted to make entries. */
  readonly shift: number;
  /** The place of the fuel below which an entry has to be looked at again. */
  readonly floor: number;
  /** The place of the number of entries made since there were none. */
  readonly known: number;
  /** First places of the entries for loads and for stores. */
  readonly loads: number;
  readonly stores: number;
  /** Entries of each kind, a power of two. */
  readonly entries: number;
}

const EMPTY = -1;
/** Lines whose entries are true for a time, at most. */
const HELD = 8;
/** Bits of an address within a word. */
const WORD_SHIFT = 3;
/** Entries that are cleared one by one; with more of them, the whole table is. */
const LISTED = 48;
const SMALLEST: HitTablePlaces = { shift: 0, floor: 1, known: 2, loads: 3, stores: 4, entries: 1 };

/**
 * Accesses of which is known that they would be hits and tell nobody anything new: a translation is there, the line is in the nearest cache, and the
 * race detector has been told. Entry `u` of a kind stands at `first + (u & (entries - 1))`, where `u` is the address shifted. A unit is a line while one thread runs; a
 * word while races are looked for. Whatever ends the truth of an entry clears it or clears them all; clearing too much costs time, never an error.
 */
export class HitTable {
  private readonly table: Int32Array;
  private readonly places: HitTablePlaces;
  private readonly lineShift: number;
  private readonly mask: number;
  private shift: number;
  private core: object | null = null;
  /** Places filled since the table was empty; the first of them are listed. */
  private filled = 0;
  private readonly list = new Int32Array(LISTED);
  /** Lines whose entries are true until less fuel than their floor would be left. */
  private held = 0;
  private readonly heldLines = new Int32Array(HELD);
  private readonly floors = new Int32Array(HELD);

  constructor(lineBytes: number, table = new Int32Array(5), places = SMALLEST) {
    this.table = table;
    this.places = places;
    this.mask = places.entries - 1;
    this.lineShift = this.shift = Math.log2(lineBytes);
    table[places.shift] = this.shift;
    this.clearAll();
  }

  /**
   * From now on entries are lines, or words, of what a core's unit translates. Ends the truth of all, but for lines of the same core: whatever ends the truth of those
   * says so when it happens.
   */
  countIn(unit: 'lines' | 'words', core: object | null = null): void {
    if (core !== null && unit === 'lines' && this.shift === this.lineShift && this.core === core) return;
    this.clear();
    this.core = core;
    this.shift = unit === 'lines' ? this.lineShift : WORD_SHIFT;
    this.table[this.places.shift] = this.shift;
  }

  /** The access that was just made would be a hit if it were made again. */
  enter(address: number, isStore: boolean): void {
    const { table, places } = this;
    const unit = address >> this.shift;
    const index = unit & this.mask;
    if (!isStore) {
      this.put(places.loads + index, unit);
      return;
    }
    this.put(places.stores + index, unit);
    // Where a word was stored to, the next load of it is news again.
    if (this.shift === WORD_SHIFT) table[places.loads + index] = EMPTY;
    else this.put(places.loads + index, unit);
  }

  /** A line (its virtual address shifted) may no longer be in the nearest cache. */
  forget(line: number): void {
    if (this.filled === 0) return;
    if (this.held > 0) this.letGo(line);
    const { table, places, mask } = this;
    const step = this.lineShift - this.shift;
    const end = (line + 1) << step;
    for (let unit = line << step; unit < end; unit++) {
      table[places.loads + (unit & mask)] = EMPTY;
      table[places.stores + (unit & mask)] = EMPTY;
    }
  }

  /** The entries of an address's line are true only as long as an access leaves this much fuel. */
  hold(address: number, floor: number): void {
    const line = address >> this.lineShift;
    let place = 0;
    while (place < this.held && this.heldLines[place] !== line) place++;
    if (place === HELD) {
      this.forget(line);
      return;
    }
    this.heldLines[place] = line;
    this.floors[place] = floor;
    this.held = Math.max(this.held, place + 1);
    this.setFloor();
  }

  /** This line, and no other, is held. */
  holdsOnly(line: number): boolean {
    return this.held === 1 && this.heldLines[0] === line;
  }

  /** This line, and no other, is held, and an access that leaves so much fuel is too late for it. */
  isOutlived(line: number, left: number): boolean {
    return this.holdsOnly(line) && left < (this.floors[0] as number);
  }

  /** The only line that is held has a new floor. */
  renew(floor: number): void {
    this.floors[0] = floor;
    this.table[this.places.floor] = Math.max(0, floor);
  }

  /** No more than this fuel is left: lines that were held until there are forgotten. */
  release(left: number): void {
    for (let place = this.held - 1; place >= 0; place--) {
      if ((this.floors[place] as number) > left) this.forget(this.heldLines[place] as number);
    }
  }

  private letGo(line: number): void {
    for (let place = 0; place < this.held; place++) {
      if (this.heldLines[place] !== line) continue;
      this.held--;
      this.heldLines[place] = this.heldLines[this.held] as number;
      this.floors[place] = this.floors[this.held] as number;
      this.setFloor();
      return;
    }
  }

  private setFloor(): void {
    let floor = 0;
    for (let place = 0; place < this.held; place++) floor = Math.max(floor, this.floors[place] as number);
    this.table[this.places.floor] = floor;
  }

  /** Nothing is known any more: a translation went, a thread was switched, an epoch began. */
  clear(): void {
    if (this.filled === 0) return;
    if (this.filled > LISTED) this.clearAll();
    else for (let i = 0; i < this.filled; i++) this.table[this.list[i] as number] = EMPTY;
    this.filled = 0;
    this.held = 0;
    this.table[this.places.known] = 0;
    this.table[this.places.floor] = 0;
  }

  private put(place: number, unit: number): void {
    this.table[place] = unit;
    if (this.filled < LISTED) this.list[this.filled] = place;
    this.table[this.places.known] = ++this.filled;
  }

  private clearAll(): void {
    const { loads, stores, entries } = this.places;
    this.table.fill(EMPTY, loads, loads + entries);
    this.table.fill(EMPTY, stores, stores + entries);
  }
}
