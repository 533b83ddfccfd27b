/** Something that will happen at a virtual time: a timer, an arrival, a device that is done. */
export interface Event {
  /** Ticks. */
  readonly time: number;
  /** Events of one time happen in this order; then in the order in which they were added. */
  readonly rank: number;
  readonly action: () => void;
  /** A cancelled event stays where it is and does nothing when its time comes. */
  cancelled: boolean;
}

/** Ranks of events at the same time. */
export const Rank = { Policy: 0, Arrival: 1, Device: 2, Timer: 3 } as const;

interface Entry extends Event {
  readonly order: number;
}

/** What is due next: a binary heap. */
export class EventQueue {
  private readonly heap: Entry[] = [];
  private added = 0;

  /** Ticks at which the next event is due, or Infinity. */
  get nextTime(): number {
    this.dropCancelled();
    return this.heap[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  add(time: number, rank: number, action: () => void): Event {
    const entry: Entry = { time, rank, action, cancelled: false, order: this.added++ };
    let index = this.heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, this.heap[parent] as Entry)) break;
      this.heap[index] = this.heap[parent] as Entry;
      index = parent;
    }
    this.heap[index] = entry;
    return entry;
  }

  /** Takes the next event off. */
  take(): Event | undefined {
    this.dropCancelled();
    return this.pop();
  }

  private dropCancelled(): void {
    while (this.heap[0]?.cancelled) this.pop();
  }

  private pop(): Entry | undefined {
    const top = this.heap[0];
    const last = this.heap.pop();
    if (top === last || last === undefined) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.heap.length) break;
      if (child + 1 < this.heap.length && isBefore(this.heap[child + 1] as Entry, this.heap[child] as Entry))
        child++;
      if (!isBefore(this.heap[child] as Entry, last)) break;
      this.heap[index] = this.heap[child] as Entry;
      index = child;
    }
    this.heap[index] = last;
    return top;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  if (a.time !== b.time) return a.time < b.time;
  return a.rank !== b.rank ? a.rank < b.rank : a.order < b.order;
}
