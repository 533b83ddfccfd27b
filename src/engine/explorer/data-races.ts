import type { EventLog } from './event-log.ts';
import { Access, type Operation } from './model.ts';

/** Two accesses to one variable, at least one a store, that no synchronisation orders. Event numbers. */
export interface RacingPair {
  readonly first: number;
  readonly second: number;
}

/**
 * Happens-before by synchronisation alone, and the plain accesses it leaves unordered: FastTrack's definition of a data race (Flanagan and Freund, PLDI
 * 2009), with whole vector clocks, for a search wants every pair. Works on the log's new events only.
 */
export class DataRaces {
  private readonly log: EventLog;
  private clocks = new Int32Array(0);
  private stride = 0;
  private done = 0;
  private readonly conflicts: number[] = [];

  constructor(log: EventLog) {
    this.log = log;
  }

  /** The races in which an event from `start` on takes part as the second. `sameThread` tells processes that act for one thread. */
  find(start: number, sameThread: (a: number, b: number) => boolean): RacingPair[] {
    const { log } = this;
    this.fit();
    const pairs: RacingPair[] = [];
    for (let event = Math.min(start, this.done); event < log.length; event++)
      this.add(event, sameThread, pairs);
    this.done = log.length;
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

  private add(event: number, sameThread: (a: number, b: number) => boolean, pairs: RacingPair[]): void {
    const { log, clocks, stride } = this;
    const row = event * stride;
    const before = log.previousInProcess(event);
    // By hand: rows are too short for the built-in ways of copying.
    for (let i = 0; i < stride; i++)
      clocks[row + i] = before < 0 ? 0 : (clocks[before * stride + i] as number);
    const causes = log.causes[event] as readonly number[];
    for (let i = 0; i < causes.length; i++) this.join(row, causes[i] as number);
    const process = log.process[event] as number;
    clocks[row + process] = log.sequence[event] as number;
    const isPlain = (log.operation[event] as Operation).plain;
    const count = log.conflictsOf(event, this.conflicts);
    for (let i = 0; i < count; i++) {
      const other = this.conflicts[i] as number;
      if (!isPlain || !(log.operation[other] as Operation).plain) this.join(row, other);
      else if (!this.isOrdered(other, row) && !sameThread(log.process[other] as number, process))
        pairs.push({ first: other, second: event });
    }
  }

  private isOrdered(other: number, row: number): boolean {
    const { log } = this;
    return (this.clocks[row + (log.process[other] as number)] as number) >= (log.sequence[other] as number);
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

/** Is the access a store? */
export function isStore(operation: Operation): boolean {
  return operation.access === Access.Write;
}
