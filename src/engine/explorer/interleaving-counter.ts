import type { EventLog } from './event-log.ts';

/** Cuts that are kept at a time: an order with more of them is not counted. */
const MOST_CUTS = 1 << 16;
const INITIAL_CUTS = 256;

/**
 * In how many orders the events of a log could have happened: the linear extensions of its partial order, by dynamic programming over its cuts (sets of events
 * that hold whatever comes before their events). The cuts are grouped by their last event in the log, so those of the events that two executions
 * share are found once.
 */
export class InterleavingCounter {
  /** What counting has cost so far: cuts looked at, times processes. */
  cost = 0;
  private readonly log: EventLog;
  /** Processes there is room for. */
  private width = 0;
  private length = 1;
  /** In how many orders the events of each cut can have happened. */
  private orders = new Float64Array(INITIAL_CUTS);
  /** By cut and process: events of the process in the cut. */
  private events = new Int32Array(0);
  /** By cut and process: the cut without the last event of the process; -1 where that is none. */
  private shorter = new Int32Array(0);
  /** Of a cut: the same with the event under way, where there is one. */
  private longer = new Int32Array(INITIAL_CUTS);
  /** Where the cuts that end in each event begin. */
  private readonly begin: number[] = [];
  private done = 0;

  constructor(log: EventLog) {
    this.log = log;
    this.orders[0] = 1;
  }

  /**
   * The number of orders, where the first `shared` events are those of the execution before; null where there are too many cuts, or too many orders
   * for an exact double.
   */
  count(shared: number): number | null {
    const { log } = this;
    for (let event = Math.min(shared, this.done); event < log.length; event++)
      if ((log.process[event] as number) >= this.width) this.widen((log.process[event] as number) + 1);
    const first = Math.min(shared, this.done);
    if (first < this.begin.length) this.length = this.begin[first] as number;
    this.done = first;
    for (let event = first; event < log.length; event++) {
      this.begin[event] = this.length;
      this.extend(event);
      if (this.length > MOST_CUTS) {
        this.done = 0;
        return null;
      }
    }
    this.begin[log.length] = this.length;
    this.done = log.length;
    const orders = this.orders[this.length - 1] as number;
    return orders < Number.MAX_SAFE_INTEGER ? orders : null;
  }

  /** Make the cuts that end in this event. */
  private extend(event: number): void {
    const { log, width } = this;
    const own = log.process[event] as number;
    const row = event * log.stride;
    const end = this.length;
    const first = this.firstHolding(event);
    this.cost += (end - first) * width;
    for (let cut = first; cut < end; cut++) {
      if (!this.holds(cut, row, own)) continue;
      const made = this.length++;
      if (made >= this.orders.length) this.grow();
      const { events, shorter, longer, orders } = this;
      longer[cut] = made;
      let count = orders[cut] as number;
      for (let process = 0; process < width; process++) {
        events[made * width + process] = events[cut * width + process] as number;
        const without = shorter[cut * width + process] as number;
        const other = without < 0 || process === own ? -1 : (longer[without] as number);
        const isCut = other >= end && other < made && shorter[other * width + own] === without;
        shorter[made * width + process] = isCut ? other : -1;
        if (isCut) count += orders[other] as number;
      }
      events[made * width + own] = (events[made * width + own] as number) + 1;
      shorter[made * width + own] = cut;
      orders[made] = count;
    }
  }

  /** The first cut that could hold everything before the event. */
  private firstHolding(event: number): number {
    for (let other = event - 1; other >= 0; other--)
      if (this.log.happensBefore(other, event)) return this.begin[other] as number;
    return 0;
  }

  /** Does the cut hold everything that happens before the event whose clock is at `row`? */
  private holds(cut: number, row: number, own: number): boolean {
    const { events, width, log } = this;
    const { clocks } = log;
    for (let process = 0; process < width; process++) {
      const needed = clocks[row + process] as number;
      if (needed > 0 && (events[cut * width + process] as number) < needed - (process === own ? 1 : 0))
        return false;
    }
    return true;
  }

  private grow(): void {
    const size = this.orders.length * 2;
    const orders = new Float64Array(size);
    orders.set(this.orders);
    this.orders = orders;
    this.longer = grown(this.longer, size);
    this.events = grown(this.events, size * this.width);
    this.shorter = grown(this.shorter, size * this.width);
  }

  /** Begin again with more processes. */
  private widen(width: number): void {
    this.width = width;
    this.events = new Int32Array(this.orders.length * width);
    this.shorter = new Int32Array(this.orders.length * width).fill(-1);
    this.length = 1;
    this.done = 0;
  }
}

function grown(old: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const array = new Int32Array(size);
  array.set(old);
  return array;
}
