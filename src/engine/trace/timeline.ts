/** One stretch of a thread running on a core. Nanoseconds. */
export interface Interval {
  readonly core: number;
  readonly tid: number;
  readonly start: number;
  readonly end: number;
}

const MOST_INTERVALS = 500_000;
const TICKS_PER_NANOSECOND = 16;

/** What ran where and when: intervals that touch are merged as they come. Keeps the first 500,000. */
export class Timeline {
  private readonly last: ({ core: number; tid: number; start: number; end: number } | undefined)[] = [];
  private readonly done: { core: number; tid: number; start: number; end: number }[] = [];

  /** The thread ran from `start` to `end` (ticks). */
  add(core: number, tid: number, start: number, end: number): void {
    const last = this.last[core];
    if (last?.tid === tid && last.end === start) {
      last.end = end;
      return;
    }
    const interval = { core, tid, start, end };
    this.last[core] = interval;
    if (this.done.length < MOST_INTERVALS) this.done.push(interval);
  }

  /** In order of their starts. */
  intervals(): Interval[] {
    const scaled = this.done.map(({ core, tid, start, end }) => ({
      core,
      tid,
      start: start / TICKS_PER_NANOSECOND,
      end: end / TICKS_PER_NANOSECOND,
    }));
    return scaled.sort((a, b) => a.start - b.start || a.core - b.core);
  }
}
