import type { EventLog } from './event-log.ts';

/** Bits of an event's number that say where in a word its bit is. */
export const WORD = 5;
const BITS = 32;
const INITIAL_EVENTS = 64;

/**
 * What happens before each event of a log, as a set of events (a row of bits), and which of that happens immediately before it: its covers, the edges of
 * the partial order's Hasse diagram. Works on the log's new events only.
 */
export class Pasts {
  /** Words in a row. */
  words = 1;
  rows = new Int32Array(INITIAL_EVENTS);
  /** Covers of event i, latest first: `covers[coverStart[i]] … covers[coverStart[i + 1] - 1]`. */
  coverStart = new Int32Array(INITIAL_EVENTS + 1);
  covers = new Int32Array(INITIAL_EVENTS);
  private readonly log: EventLog;
  private done = 0;
  private readonly candidates: number[] = [];

  constructor(log: EventLog) {
    this.log = log;
  }

  /** Look at the events from `shared` on. */
  update(shared: number): void {
    const { log } = this;
    this.fit(log.length);
    for (let event = Math.min(shared, this.done); event < log.length; event++) this.add(event);
    this.done = log.length;
  }

  private add(event: number): void {
    const { words, rows, coverStart, candidates } = this;
    const row = event * words;
    for (let word = 0; word < words; word++) rows[row + word] = 0;
    let end = coverStart[event] as number;
    // The latest first: what comes before it is in its past.
    for (let left = this.findCandidates(event); left > 0; left--) {
      let latest = 0;
      for (let i = 1; i < left; i++)
        if ((candidates[i] as number) > (candidates[latest] as number)) latest = i;
      const other = candidates[latest] as number;
      candidates[latest] = candidates[left - 1] as number;
      const word = other >> WORD;
      if ((((rows[row + word] as number) >> other) & 1) !== 0) continue;
      for (let i = 0; i <= word; i++)
        rows[row + i] = (rows[row + i] as number) | (rows[other * words + i] as number);
      rows[row + word] = (rows[row + word] as number) | (1 << other);
      if (end >= this.covers.length) this.covers = grown(this.covers, end * 2);
      this.covers[end++] = other;
    }
    coverStart[event + 1] = end;
  }

  /** Everything that is ordered before an event by one rule. */
  private findCandidates(event: number): number {
    const { log, candidates } = this;
    let count = 0;
    if (log.halts[event] === 1) {
      while (count < event) candidates[count] = count++;
      return count;
    }
    const end = log.conflictStart[event + 1] as number;
    for (let i = log.conflictStart[event] as number; i < end; i++)
      candidates[count++] = log.conflicts[i] as number;
    const previous = log.previousInProcess(event);
    if (previous >= 0) candidates[count++] = previous;
    const causes = log.causes[event] as readonly number[];
    for (let i = 0; i < causes.length; i++) candidates[count++] = causes[i] as number;
    return count;
  }

  private fit(length: number): void {
    const words = Math.ceil(length / BITS);
    if (words > this.words) {
      this.words = words;
      this.rows = new Int32Array(length * words);
      this.done = 0;
    }
    if (length * this.words > this.rows.length) this.rows = grown(this.rows, 2 * length * this.words);
    if (length >= this.coverStart.length) this.coverStart = grown(this.coverStart, 2 * length);
  }
}

function grown(old: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const array = new Int32Array(size);
  array.set(old);
  return array;
}
