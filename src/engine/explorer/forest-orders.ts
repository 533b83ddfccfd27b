import type { EventLog } from './event-log.ts';
import type { Pasts } from './pasts.ts';

/** Events of an order that is counted this way: more have too many orders for an exact double, or hardly any. */
const MOST_EVENTS = 128;

/** `BINOMIALS[n * MOST_EVENTS + k]`: n over k. */
function binomials(): Float64Array {
  const table = new Float64Array(MOST_EVENTS * MOST_EVENTS);
  for (let n = 0; n < MOST_EVENTS; n++)
    for (let k = 0; k <= n; k++)
      table[n * MOST_EVENTS + k] =
        k === 0 || k === n
          ? 1
          : (table[(n - 1) * MOST_EVENTS + k - 1] as number) + (table[(n - 1) * MOST_EVENTS + k] as number);
  return table;
}

/**
 * Counts the linear extensions of a partial order whose Hasse diagram has no cycles, not even of edges in different directions: part by part, by the rank an event has among the
 * events on its side (Atkinson, "On computing the number of linear extensions of a tree", Order 7, 1990).
 */
export class ForestOrders {
  private readonly log: EventLog;
  private readonly pasts: Pasts;
  private readonly over = binomials();
  /** Edges at each event, a linked list: where it begins, and of each edge the next one and the event at its other end. */
  private readonly first = new Int32Array(MOST_EVENTS);
  private readonly next = new Int32Array(2 * MOST_EVENTS);
  private readonly end = new Int32Array(2 * MOST_EVENTS);
  private readonly isSeen = new Uint8Array(MOST_EVENTS);
  /** Of parts under way, one behind the other: in how many orders their last event to be joined has each rank. */
  private readonly ranks = new Float64Array(2 * MOST_EVENTS);
  private readonly merged = new Float64Array(MOST_EVENTS);
  private hasCycle = false;

  constructor(log: EventLog, pasts: Pasts) {
    this.log = log;
    this.pasts = pasts;
  }

  /** The number of orders (inexact above 2^53); -1 where the diagram has a cycle. */
  count(): number {
    const { length } = this.log;
    const edges = this.pasts.coverStart[length] as number;
    if (length > MOST_EVENTS || edges >= length) return -1;
    this.link(length);
    this.hasCycle = false;
    let orders = 1;
    let counted = 0;
    for (let event = 0; event < length; event++) {
      if (this.isSeen[event] === 1) continue;
      const size = this.grow(event, -1, 0);
      if (this.hasCycle) return -1;
      let own = 0;
      for (let rank = 0; rank < size; rank++) own += this.ranks[rank] as number;
      counted += size;
      orders *= own * this.choose(counted, size);
    }
    return orders;
  }

  private choose(n: number, k: number): number {
    return n === k ? 1 : (this.over[n * MOST_EVENTS + k] as number);
  }

  private link(length: number): void {
    const { first, next, end, pasts } = this;
    const { covers, coverStart } = pasts;
    this.isSeen.fill(0, 0, length);
    first.fill(-1, 0, length);
    let edge = 0;
    for (let event = 0; event < length; event++)
      for (let i = coverStart[event] as number; i < (coverStart[event + 1] as number); i++) {
        const below = covers[i] as number;
        end[edge] = below;
        next[edge] = first[event] as number;
        first[event] = edge++;
        end[edge] = event;
        next[edge] = first[below] as number;
        first[below] = edge++;
      }
  }

  /** Count the part on this side of an event, come to by way of `from`; its ranks go to `at`. Answers how many events there are. */
  private grow(event: number, from: number, at: number): number {
    const { next, end, isSeen, ranks } = this;
    isSeen[event] = 1;
    ranks[at] = 1;
    let size = 1;
    for (let edge = this.first[event] as number; edge >= 0; edge = next[edge] as number) {
      const other = end[edge] as number;
      if (other === from) continue;
      if (isSeen[other] === 1) {
        this.hasCycle = true;
        return size;
      }
      const more = this.grow(other, event, at + size);
      if (this.hasCycle) return size;
      this.merge(at, size, more, other < event);
      size += more;
    }
    return size;
  }

  /** Shuffle the part behind an edge into the one before it; its event comes earlier, or later. */
  private merge(at: number, size: number, more: number, isEarlier: boolean): void {
    const { ranks, merged, over } = this;
    const child = at + size;
    merged.fill(0, 0, size + more);
    // In how many orders of the other part are the first `before` events such that its own is among them, or not?
    let ways = 0;
    if (!isEarlier) for (let i = 0; i < more; i++) ways += ranks[child + i] as number;
    for (let before = 0; before <= more; before++) {
      if (before > 0) ways += (isEarlier ? 1 : -1) * (ranks[child + before - 1] as number);
      if (ways === 0) continue;
      for (let rank = 0; rank < size; rank++) {
        if (ranks[at + rank] === 0) continue;
        const own = (ranks[at + rank] as number) * ways;
        const left = over[(rank + before) * MOST_EVENTS + before] as number;
        const rest = more - before;
        const right = over[(size - 1 - rank + rest) * MOST_EVENTS + rest] as number;
        merged[rank + before] = (merged[rank + before] as number) + own * left * right;
      }
    }
    for (let i = 0; i < size + more; i++) ranks[at + i] = merged[i] as number;
  }
}
