import type { EventLog } from './event-log.ts';

/** Two accesses to one variable, at least one a store, that no synchronisation orders. Event numbers. */
export interface RacingPair {
  readonly first: number;
  readonly second: number;
}

/**
 * Happens-before by synchronisation alone, and the plain accesses it leaves unordered: FastTrack's definition of a data race (Flanagan and Freund, PLDI
 * 2009), with whole vector clocks, for a search wants every pair. Works on the log's new events only, and only where they could tell something new.
 */
export class DataRaces {
  private readonly log: EventLog;
  private readonly isWanted: (first: number, second: number) => boolean;
  private clocks = new Int32Array(0);
  private stride = 0;
  /** Events that have clocks: they are only worked out when somebody asks. */
  private done = 0;

  /** `isWanted` tells whether a race of these two events would be news. */
  constructor(log: EventLog, isWanted: (first: number, second: number) => boolean) {
    this.log = log;
    this.isWanted = isWanted;
  }

  /** The races that are news in which an event from `start` on takes part as the second; null for none. */
  find(start: number): RacingPair[] | null {
    const { log } = this;
    const { plain, conflicts, conflictStart } = log;
    if (start < this.done) this.done = start;
    let pairs: RacingPair[] | null = null;
    for (let second = start; second < log.length; second++) {
      if (plain[second] === 0) continue;
      const end = conflictStart[second + 1] as number;
      for (let i = conflictStart[second] as number; i < end; i++) {
        const first = conflicts[i] as number;
        if (plain[first] === 0 || log.process[first] === log.process[second]) continue;
        if (!this.isWanted(first, second)) continue;
        if (this.isOrdered(first, second)) continue;
        pairs ??= [];
        pairs.push({ first, second });
      }
    }
    return pairs;
  }

  private fit(): void {
    const { log } = this;
    const size = log.process.length * log.stride;
    if (this.stride === log.stride && this.clocks.length >= size) return;
    const keep = this.stride === log.stride ? this.clocks : new Int32Array(0);
    if (this.stride !== log.stride) this.done = 0;
    this.clocks = new Int32Array(size);
    this.clocks.set(keep);
    this.stride = log.stride;
  }

  /** Does synchronisation order the two? */
  private isOrdered(first: number, second: number): boolean {
    const { log } = this;
    this.fit();
    while (this.done <= second) this.add(this.done++);
    const known = this.clocks[second * this.stride + (log.process[first] as number)] as number;
    return known >= (log.sequence[first] as number);
  }

  private add(event: number): void {
    const { log, clocks, stride } = this;
    const row = event * stride;
    const before = log.previousInProcess(event);
    // By hand: rows are too short for the built-in ways of copying.
    for (let i = 0; i < stride; i++)
      clocks[row + i] = before < 0 ? 0 : (clocks[before * stride + i] as number);
    const causes = log.causes[event] as readonly number[];
    for (let i = 0; i < causes.length; i++) this.join(row, causes[i] as number);
    clocks[row + (log.process[event] as number)] = log.sequence[event] as number;
    const isPlain = log.plain[event] === 1;
    const end = log.conflictStart[event + 1] as number;
    for (let i = log.conflictStart[event] as number; i < end; i++) {
      const other = log.conflicts[i] as number;
      if (!isPlain || log.plain[other] === 0) this.join(row, other);
    }
  }

  private join(row: number, event: number): void {
    const { clocks, stride } = this;
    const from = event * stride;
    for (let i = 0; i < stride; i++) {
      const value = clocks[from + i] as number;
      if (value > (clocks[row + i] as number)) clocks[row + i] = value;
    }
  }
}
