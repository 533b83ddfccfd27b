import type { EventLog } from './event-log.ts';
import { ForestOrders } from './forest-orders.ts';
import { Pasts, WORD } from './pasts.ts';

/** Cuts that are kept at a time: an order with more of them is not counted. */
const MOST_CUTS = 1 << 16;
const INITIAL_CUTS = 256;

/**
 * In how many orders the events of a log could have happened: the linear extensions of its partial order. Where its diagram is a forest there is a quick way; else by dynamic programming over its cuts (sets of events
 * that hold whatever comes before their events). The cuts are grouped by their last event in the log, so those of the events that two executions
 * share are found once.
 */
export class InterleavingCounter {
  /** What counting has cost so far: cuts looked at, times processes. */
  cost = 0;
  private readonly log: EventLog;
  private readonly pasts: Pasts;
  private readonly forest: ForestOrders;
  /** Processes that have had events, as far as their numbers tell. */
  private width = 0;
  private length = 1;
  /** In how many orders the events of each cut can have happened. */
  private orders = new Float64Array(INITIAL_CUTS);
  /** The events of each cut: a row of bits, as wide as the rows of `pasts`. */
  private sets = new Int32Array(INITIAL_CUTS);
  private words = 1;
  /** The cuts with one event less, first the one without the last event in the log: `shorter[start[cut]] … shorter[start[cut + 1] - 1]`. */
  private start = new Int32Array(INITIAL_CUTS + 1);
  private shorter = new Int32Array(INITIAL_CUTS);
  /** Of a cut: the same with the event under way, where there is one. */
  private longer = new Int32Array(INITIAL_CUTS);
  /** Where the cuts that end in each event begin. */
  private readonly begin: number[] = [];
  private done = 0;
  /** Each of so many events happens after the one before it. */
  private chained = 0;
  /** Of so many `pasts` knows. */
  private known = 0;

  constructor(log: EventLog) {
    this.log = log;
    this.pasts = new Pasts(log);
    this.forest = new ForestOrders(log, this.pasts);
    this.orders[0] = 1;
  }

  /**
   * The number of orders, where the first `shared` events are those of the execution before; null where there are too many cuts, or too many orders
   * for an exact double.
   */
  count(shared: number): number | null {
    if (shared < this.done) this.done = shared;
    if (shared < this.known) this.known = shared;
    if (this.isChain(shared)) return 1;
    this.pasts.update(this.known);
    this.known = this.log.length;
    const quick = this.forest.count();
    const orders = quick >= 0 ? quick : this.countCuts();
    return orders < Number.MAX_SAFE_INTEGER ? orders : null;
  }

  /** Is there but one order? Of many logs that is seen at once. */
  private isChain(shared: number): boolean {
    const { log } = this;
    if (shared < this.chained) this.chained = shared;
    while (this.chained < log.length && follows(log, this.chained)) this.chained++;
    return this.chained === log.length;
  }

  private countCuts(): number {
    const { log, begin } = this;
    if (this.pasts.words > this.words) this.widen();
    const first = this.done;
    if (first < begin.length) this.length = begin[first] as number;
    for (let event = first; event < log.length; event++) {
      if ((log.process[event] as number) >= this.width) this.width = (log.process[event] as number) + 1;
      begin[event] = this.length;
      this.extend(event);
      if (this.length > MOST_CUTS) {
        this.done = 0;
        return Number.POSITIVE_INFINITY;
      }
    }
    begin[log.length] = this.length;
    this.done = log.length;
    return this.orders[this.length - 1] as number;
  }

  /** Make the cuts that end in this event. */
  private extend(event: number): void {
    const end = this.length;
    const first = this.firstHolding(event);
    this.cost += (end - first) * this.width;
    for (let cut = first; cut < end; cut++) if (this.holds(cut, event)) this.lengthen(cut, event, end);
  }

  private lengthen(cut: number, event: number, end: number): void {
    const made = this.length++;
    const from = this.start[cut] as number;
    const to = this.start[cut + 1] as number;
    let next = this.start[made] as number;
    if (made + 1 >= this.orders.length) this.grow();
    if (next + to - from >= this.shorter.length) this.shorter = grown(this.shorter, this.shorter.length * 2);
    const { shorter, longer, orders, start, sets, words } = this;
    longer[cut] = made;
    shorter[next++] = cut;
    let count = orders[cut] as number;
    for (let i = from; i < to; i++) {
      const without = shorter[i] as number;
      const other = longer[without] as number;
      // What is written there may be of another event.
      if (other < end || other >= made || shorter[start[other] as number] !== without) continue;
      shorter[next++] = other;
      count += orders[other] as number;
    }
    start[made + 1] = next;
    orders[made] = count;
    for (let word = 0; word < words; word++) sets[made * words + word] = sets[cut * words + word] as number;
    const place = made * words + (event >> WORD);
    sets[place] = (sets[place] as number) | (1 << event);
  }

  /** The first cut that could hold everything before the event. */
  private firstHolding(event: number): number {
    const { coverStart, covers } = this.pasts;
    const at = coverStart[event] as number;
    return at < (coverStart[event + 1] as number) ? (this.begin[covers[at] as number] as number) : 0;
  }

  /** Does the cut hold everything that happens before the event? */
  private holds(cut: number, event: number): boolean {
    const { sets, words, pasts } = this;
    const { rows } = pasts;
    for (let word = 0; word < words; word++) {
      const needed = rows[event * words + word] as number;
      if (((sets[cut * words + word] as number) & needed) !== needed) return false;
    }
    return true;
  }

  private grow(): void {
    const size = this.orders.length * 2;
    const orders = new Float64Array(size);
    orders.set(this.orders);
    this.orders = orders;
    this.longer = grown(this.longer, size);
    this.start = grown(this.start, size + 1);
    this.sets = grown(this.sets, size * this.words);
  }

  /** Begin again with wider rows. */
  private widen(): void {
    this.words = this.pasts.words;
    this.sets = new Int32Array(this.orders.length * this.words);
    this.length = 1;
    this.done = 0;
  }
}

/** Does an event happen after the one before it in the log? */
function follows(log: EventLog, event: number): boolean {
  if (event === 0 || log.halts[event] === 1 || log.previousInProcess(event) === event - 1) return true;
  const end = log.conflictStart[event + 1] as number;
  for (let i = log.conflictStart[event] as number; i < end; i++)
    if (log.conflicts[i] === event - 1) return true;
  return (log.causes[event] as readonly number[]).includes(event - 1);
}

function grown(old: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const array = new Int32Array(size);
  array.set(old);
  return array;
}
