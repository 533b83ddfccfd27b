import { BasePolicy, mayRunOn, type ReadyReason, type Task } from './policy.ts';

/** Weight of a task of nice 0. */
const NORMAL_WEIGHT = 1024;

interface Entry {
  /** CPU time divided by weight: how much of its share it has had. */
  vruntime: number;
  /** Virtual time by which it should have had one more slice. */
  deadline: number;
  /** How far ahead of the average it was when it stopped to wait. */
  lag: number;
  /** What its weight was when it became ready: `nice` may change it meanwhile. */
  weight: number;
}

/**
 * Earliest eligible virtual deadline first (Stoica and Abdel-Wahab 1995; EEVDF, Linux since 6.6). Virtual time runs the slower for a task the more weight it has. A
 * ready task is eligible while it has had no more than its share; of those, the one with the earliest deadline goes next.
 */
export class Fair extends BasePolicy {
  readonly name = 'fair';
  private readonly base: number;
  private readonly ready = new Set<Task>();
  private readonly entries = new Map<Task, Entry>();
  private weightSum = 0;
  private weighted = 0;

  /** @param slice Ticks a normal task may run at a time. */
  constructor(slice: number) {
    super();
    this.base = slice;
  }

  get length(): number {
    return this.ready.size;
  }

  enqueue(task: Task, reason: ReadyReason): void {
    const entry = this.entry(task);
    if (reason === 'new' || reason === 'woken') {
      entry.vruntime = this.average() - entry.lag;
      entry.deadline = entry.vruntime + this.virtual(task, this.base);
    }
    this.ready.add(task);
    entry.weight = task.weight;
    this.count(entry, 1);
  }

  dequeue(task: Task): void {
    this.ready.delete(task);
    this.count(this.entry(task), -1);
  }

  /** The weighted sum is what makes the average cheap. */
  private count(entry: Entry, sign: number): void {
    this.weightSum += sign * entry.weight;
    this.weighted += sign * entry.weight * entry.vruntime;
    if (this.ready.size > 0) return;
    this.floor = Math.max(this.floor, entry.vruntime);
    this.weightSum = this.weighted = 0;
  }

  private floor = 0;

  private average(): number {
    return this.weightSum === 0 ? this.floor : this.weighted / this.weightSum;
  }

  pick(core: number): Task | null {
    const average = this.average();
    let best: Task | null = null;
    let fallback: Task | null = null;
    for (const task of this.ready) {
      if (!mayRunOn(task, core)) continue;
      const entry = this.entry(task);
      if (fallback === null || entry.vruntime < this.entry(fallback).vruntime) fallback = task;
      const isEligible = entry.vruntime <= average + 1e-6 * Math.abs(average);
      if (isEligible && (best === null || entry.deadline < this.entry(best).deadline)) best = task;
    }
    const task = best ?? fallback;
    if (task) this.dequeue(task);
    return task;
  }

  override slice(): number {
    return this.base;
  }

  override ran(task: Task, ticks: number): void {
    const entry = this.entry(task);
    entry.vruntime += this.virtual(task, ticks);
    if (entry.vruntime >= entry.deadline) entry.deadline = entry.vruntime + this.virtual(task, this.base);
  }

  override blocked(task: Task): void {
    const entry = this.entry(task);
    const limit = this.virtual(task, this.base);
    entry.lag = Math.max(-limit, Math.min(limit, this.average() - entry.vruntime));
  }

  override ended(task: Task): void {
    this.entries.delete(task);
  }

  override preempts(ready: Task, running: Task): boolean {
    const candidate = this.entry(ready);
    const current = this.entry(running);
    return candidate.vruntime < current.vruntime && candidate.deadline < current.deadline;
  }

  private virtual(task: Task, ticks: number): number {
    return (ticks * NORMAL_WEIGHT) / task.weight;
  }

  private entry(task: Task): Entry {
    let entry = this.entries.get(task);
    if (!entry) {
      entry = { vruntime: 0, deadline: 0, lag: 0, weight: 0 };
      this.entries.set(task, entry);
    }
    return entry;
  }
}
