/** One stretch of a thread running on a core. Nanoseconds. */
export interface Interval {
  readonly core: number;
  readonly tid: number;
  readonly start: number;
  readonly end: number;
}

const MOST_INTERVALS = 500_000;
const FIRST_CAPACITY = 64;
const TICKS_PER_NANOSECOND = 16;

/** What one core ran, in the order of time. Columns, because a run of a millisecond has thousands of intervals. */
class Lane {
  readonly core: number;
  length = 0;
  tids = new Int32Array(FIRST_CAPACITY);
  starts = new Float64Array(FIRST_CAPACITY);
  ends = new Float64Array(FIRST_CAPACITY);

  constructor(core: number) {
    this.core = core;
  }

  push(tid: number, start: number, end: number): void {
    if (this.length === this.tids.length) this.grow();
    const place = this.length++;
    this.tids[place] = tid;
    this.starts[place] = start;
    this.ends[place] = end;
  }

  interval(place: number): Interval {
    return {
      core: this.core,
      tid: this.tids[place] as number,
      start: (this.starts[place] as number) / TICKS_PER_NANOSECOND,
      end: (this.ends[place] as number) / TICKS_PER_NANOSECOND,
    };
  }

  private grow(): void {
    const { tids, starts, ends } = this;
    const capacity = 2 * this.length;
    this.tids = new Int32Array(capacity);
    this.tids.set(tids);
    this.starts = new Float64Array(capacity);
    this.starts.set(starts);
    this.ends = new Float64Array(capacity);
    this.ends.set(ends);
  }
}

/** What ran where and when: intervals that touch are merged as they come. Keeps the first 500,000. */
export class Timeline {
  private readonly lanes: Lane[] = [];
  private count = 0;

  /** The thread ran from `start` to `end` (ticks); later on this core than what was added before. */
  add(core: number, tid: number, start: number, end: number): void {
    const lane = this.lanes[core] ?? this.laneOf(core);
    const last = lane.length - 1;
    if (last >= 0 && lane.tids[last] === tid && lane.ends[last] === start) {
      lane.ends[last] = end;
      return;
    }
    if (this.count >= MOST_INTERVALS) return;
    this.count++;
    lane.push(tid, start, end);
  }

  private laneOf(core: number): Lane {
    while (this.lanes.length <= core) this.lanes.push(new Lane(this.lanes.length));
    return this.lanes[core] as Lane;
  }

  /** In order of their starts, those of one moment in order of their cores. */
  intervals(): Interval[] {
    const next = this.lanes.map(() => 0);
    const merged: Interval[] = [];
    while (merged.length < this.count) {
      let first = -1;
      let start = Number.POSITIVE_INFINITY;
      for (const { core, length, starts } of this.lanes) {
        const place = next[core] as number;
        if (place >= length || (starts[place] as number) >= start) continue;
        first = core;
        start = starts[place] as number;
      }
      merged.push((this.lanes[first] as Lane).interval(next[first] as number));
      next[first] = (next[first] as number) + 1;
    }
    return merged;
  }
}
