import type { Operation as KernelOperation } from '../kernel/operation.ts';
import type { Thread } from '../kernel/thread.ts';
import type { Random } from '../machine/random.ts';
import { NONE } from './model.ts';
import type { ProcessRecord } from './process-record.ts';
import type { ProgramOperation } from './program-operation.ts';
import { Spin } from './spin.ts';
import type { StoreBuffer } from './store-buffer.ts';
import type { Timer } from './timer.ts';

export type { Names } from './names.ts';

/** A thread as the explorer sees it. */
export class Actor {
  readonly thread: Thread;
  readonly process: number;
  /** Who made it; -1 for the first. */
  creator = -1;
  /** Threads that had been made before it. */
  rank = 0;
  /** The process (address space) it belongs to. */
  readonly record: ProcessRecord;
  /** The operation it stands before; null where it has none (yet). */
  operation: ProgramOperation | null = null;
  /** The kernel's side of it; null for an access to memory. */
  kernelOperation: KernelOperation | null = null;
  causes: readonly number[] = NONE;
  /** Its last step. */
  last = -1;
  children = 0;
  objects = 0;
  /** Agents it has set going: signals it sent, alarms. */
  agents = 0;
  /** Waits that ended without a signal. */
  spuriousWakeups = 0;
  /** Own clock, ticks: time is each thread's own, for it must not depend on the schedule. */
  clock = 0;
  isOver = false;
  /** Threads that were over before this one got here, by joins: whatever they did, no schedule can move behind this point. */
  readonly joined = new Set<Actor>();
  /** It goes round for ever and does nothing another thread could notice. */
  isLocked = false;
  /** Own source of chance, for the same reason as the clock. */
  chance: Random | null = null;
  /** Where it goes round in a spin loop. */
  readonly spin = new Spin();
  /** How long it is willing to wait; null where that is for ever. */
  timer: Timer | null = null;
  /** Stores that memory has not seen yet; null where there never were any. */
  buffer: StoreBuffer | null = null;

  constructor(thread: Thread, process: number, record: ProcessRecord) {
    this.thread = thread;
    this.process = process;
    this.record = record;
  }
}

/**
 * Something that acts for a thread when the schedule says so: empties its store buffer, ends its wait, brings it a signal. A process of the search with at most one
 * operation at a time.
 */
export interface Agent {
  /** Its number as a process of the search. */
  readonly process: number;
  /** Number of the thread it acts for. */
  readonly owner: number;
  /** What it does next; null where there is nothing. */
  readonly operation: ProgramOperation | null;
  readonly causes: readonly number[];
  /** What it is about, for a reader: `store`, `time`, `signal`, `device`. */
  readonly role: 'store' | 'time' | 'signal' | 'device';
}
