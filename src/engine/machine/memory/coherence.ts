/** Lines remembered; another line with the same place drives one out, which is then nobody's again. */
const PLACES = 1 << 14;
const MASK = PLACES - 1;
const NOBODY = -1;
/** More than one core has a copy. */
const MANY = -2;

/** Costs and spans of time, in ticks. */
export interface CoherenceTimes {
  /** A line comes from the cache of another core. */
  readonly transfer: number;
  /** Two cores that take a line from each other within this time are at it together. */
  readonly together: number;
  /** How long a core that has got such a line works on it before the other has it again. */
  readonly hold: number;
}

/**
 * Which core's cache has which line: modified by one, or copied by many (MESI, with clean copies of one core and of several told apart). A load of a line that another core has
 * modified, and a store to a line that another core has, wait for it to come over.
 *
 * Cores run ahead of each other by a fraction of a microsecond, in which thousands of transfers would fit. So a line that two cores keep taking from each
 * other is *contended* for a while, and an access to it after `hold` ticks waits again, as if the other core had had it in the meantime.
 */
export class Coherence {
  /** The line of the last access is contended: the next access to it may have to wait though nothing seems to have changed. */
  isContended = false;
  /** Of a contended line: whole ticks after the last access for which its core has it. */
  heldFor = 0;
  /** Where the line of the last access is kept. */
  place = 0;
  /** Ticks that a line takes from core to core, and whole ticks for which a core works on one that is contended. */
  readonly transfer: number;
  readonly hold: number;
  private readonly together: number;
  private readonly lines = new Int32Array(PLACES).fill(NOBODY);
  private readonly holders = new Int8Array(PLACES).fill(NOBODY);
  /** Of each line: when a store took it from another core last; until when it is contended; when its holder got it. */
  private readonly stolen = new Float64Array(PLACES);
  readonly contended = new Float64Array(PLACES);
  readonly taken = new Float64Array(PLACES);

  constructor(times: CoherenceTimes) {
    this.transfer = times.transfer;
    this.hold = Math.ceil(times.hold);
    this.together = times.together;
  }

  /** A core loads from or stores to a line (a physical address without the bits inside a line) at a time. Returns the ticks it waits. */
  access(line: number, core: number, isStore: boolean, now: number): number {
    const place = line & MASK;
    this.place = place;
    if (this.lines[place] !== line) this.forget(place, line);
    const holder = this.holders[place] as number;
    this.isContended = now < (this.contended[place] as number);
    let ticks = 0;
    if (holder !== core)
      ticks =
        isStore || this.isContended ? this.steal(place, core, holder, now) : this.copy(place, core, holder);
    else if (this.isContended) ticks = this.takeBack(place, now);
    if (this.isContended) this.heldFor = Math.ceil((this.taken[place] as number) - now) + this.hold;
    return ticks;
  }

  private forget(place: number, line: number): void {
    this.lines[place] = line;
    this.holders[place] = NOBODY;
    this.stolen[place] = this.contended[place] = Number.NEGATIVE_INFINITY;
  }

  private copy(place: number, core: number, holder: number): number {
    if (holder === MANY) return 0;
    this.holders[place] = holder === NOBODY ? core : MANY;
    return holder === NOBODY ? 0 : this.transfer;
  }

  private steal(place: number, core: number, holder: number, now: number): number {
    this.holders[place] = core;
    this.taken[place] = now;
    if (holder === NOBODY) return 0;
    if (now - (this.stolen[place] as number) < this.together) {
      this.contended[place] = now + this.together;
      this.isContended = true;
    }
    this.stolen[place] = now;
    return this.transfer;
  }

  private takeBack(place: number, now: number): number {
    if (now - (this.taken[place] as number) < this.hold) return 0;
    const { transfer } = this;
    this.taken[place] = now + transfer;
    return transfer;
  }
}
