import type { EventLog } from './event-log.ts';

/**
 * The partial order of one execution, as its Mazurkiewicz trace: which orders of its events are the same program run. A state of it is a cut:
 * how many events of each process have happened.
 */
export class TraceOrder {
  readonly log: EventLog;
  /** Processes that have events, densely. */
  readonly processes: number[] = [];
  /** Events of each of them, in order. */
  readonly events: number[][] = [];
  private readonly indices: number[] = [];
  /** What a step of each process adds to the key of a cut. */
  private readonly weights: number[] = [];
  /** Every cut has a key of its own below this; above 2^53 keys are not exact and the order is too large to walk. */
  readonly cuts: number;

  constructor(log: EventLog) {
    this.log = log;
    for (let event = 0; event < log.length; event++) {
      const process = log.process[event] as number;
      let index = this.indices[process];
      if (index === undefined) {
        index = this.indices[process] = this.processes.length;
        this.processes.push(process);
        this.events.push([]);
      }
      (this.events[index] as number[]).push(event);
    }
    let weight = 1;
    for (const events of this.events) {
      this.weights.push(weight);
      weight *= events.length + 1;
    }
    this.cuts = weight;
  }

  /** Index of a process that has events. */
  indexOf(process: number): number {
    return this.indices[process] as number;
  }

  /** How many events of process `index` a cut holds. */
  countIn(cut: number, index: number): number {
    return Math.floor(cut / (this.weights[index] as number)) % ((this.events[index] as number[]).length + 1);
  }

  /** The cut with one more event of process `index`. */
  advance(cut: number, index: number): number {
    return cut + (this.weights[index] as number);
  }

  contains(cut: number, event: number): boolean {
    const index = this.indices[this.log.process[event] as number] as number;
    return this.countIn(cut, index) >= (this.log.sequence[event] as number);
  }

  /** The event with which process `index` can extend the cut, or -1. */
  next(cut: number, index: number): number {
    const count = this.countIn(cut, index);
    const event = (this.events[index] as number[])[count];
    if (event === undefined) return -1;
    const { log } = this;
    const row = event * log.stride;
    for (let other = 0; other < this.processes.length; other++) {
      if (other === index) continue;
      if ((log.clocks[row + (this.processes[other] as number)] as number) > this.countIn(cut, other))
        return -1;
    }
    return event;
  }
}

/** Orders with more cuts than this are not counted. */
const DENSE_CUTS = 1 << 16;

/** The orders, and how many cuts it took to count them. */
export interface Counted {
  readonly count: bigint;
  readonly cuts: number;
}

/**
 * In how many orders the events of the log could have happened: the interleavings of this trace. Null where counting would take more than `budget` cuts.
 * (Linear extensions of a partial order, by dynamic programming over its cuts.)
 */
export function countInterleavings(log: EventLog, budget: number): Counted | null {
  const order = new TraceOrder(log);
  if (order.cuts <= Math.min(DENSE_CUTS, budget) && fitsDouble(order)) return countDensely(order);
  return order.cuts > Math.min(DENSE_CUTS, budget) ? null : countSparsely(order, budget);
}

/** Are all counts exact as doubles? True where even without any order between processes there are few enough. */
function fitsDouble(order: TraceOrder): boolean {
  let orders = 1;
  let length = 0;
  for (const events of order.events) for (let i = 1; i <= events.length; i++) orders *= ++length / i;
  return orders < Number.MAX_SAFE_INTEGER / 2;
}

/** A longer cut has a larger key, so one pass over all keys will do. */
function countDensely(order: TraceOrder): Counted {
  const counts = new Float64Array(order.cuts);
  counts[0] = 1;
  for (let cut = 0; cut < order.cuts; cut++) {
    const count = counts[cut] as number;
    if (count === 0) continue;
    for (let index = 0; index < order.processes.length; index++) {
      if (order.next(cut, index) < 0) continue;
      const longer = order.advance(cut, index);
      counts[longer] = (counts[longer] as number) + count;
    }
  }
  return { count: BigInt(counts[order.cuts - 1] as number), cuts: order.cuts };
}

function countSparsely(order: TraceOrder, budget: number): Counted | null {
  let level = new Map<number, bigint>([[0, 1n]]);
  let cuts = 0;
  for (let length = 0; length < order.log.length; length++) {
    const next = new Map<number, bigint>();
    for (const [cut, count] of level) {
      for (let index = 0; index < order.processes.length; index++) {
        if (order.next(cut, index) < 0) continue;
        const longer = order.advance(cut, index);
        next.set(longer, (next.get(longer) ?? 0n) + count);
      }
    }
    cuts += level.size;
    if (cuts > budget) return null;
    level = next;
  }
  return { count: [...level.values()][0] ?? 1n, cuts };
}
