import type { Mmu } from './memory/index.ts';

/** A core of the machine: its own clock, and what runs on it. `T` is whatever the kernel runs. All times in ticks. */
export class Core<T> {
  readonly id: number;
  readonly mmu: Mmu;
  time = 0;
  /** What runs, or null: the core is idle. */
  thread: T | null = null;
  /** Idle, but something may be ready for it. */
  wanted = false;
  /** A waker on another core has to reach it first: what the next dispatch pays. */
  wakeLatency = 0;
  /** The running thread has to make room before it goes on. */
  reschedule = false;
  /** When the running thread's slice is over. */
  sliceEnd = Number.POSITIVE_INFINITY;
  /** What ran last, and before that: they find their registers' place and their lines in the caches. */
  last: T | null = null;
  beforeLast: T | null = null;
  /** Why the last thread gave the core up, while it may still get it back; else -1. */
  parting = -1;
  /** When it last had something to do. */
  busyUntil = 0;
  idle = 0;
  useful = 0;
  overhead = 0;

  constructor(id: number, mmu: Mmu) {
    this.id = id;
    this.mmu = mmu;
  }

  /** Nothing to do until `time`. */
  idleUntil(time: number): void {
    if (time <= this.time) return;
    this.idle += time - this.time;
    this.time = time;
  }

  /** The kernel works. */
  work(ticks: number): void {
    this.overhead += ticks;
    this.time += ticks;
    this.busyUntil = this.time;
  }
}
