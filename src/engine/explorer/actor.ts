import type { Operation as KernelOperation } from '../kernel/operation.ts';
import type { Thread } from '../kernel/thread.ts';
import type { Random } from '../machine/random.ts';
import type { ContentOwners } from './contents.ts';
import { NONE } from './model.ts';
import type { Numbering } from './numbering.ts';
import type { ProgramOperation } from './program-operation.ts';
import type { Sharing } from './sharing.ts';
import { Spin } from './spin.ts';
import type { StoreBuffer } from './store-buffer.ts';
import type { Timer } from './timer.ts';

/** What stays the same from one execution of a program to the next: numbers, and what its sites do. */
export interface Names {
  readonly processes: Numbering;
  readonly objects: Numbering;
  /** By site: 1 where it is a store. */
  readonly stores: Uint8Array;
  /** Which variables only one process touches; null where every access counts as one that others could notice. */
  readonly sharing: Sharing | null;
  /** Stores go through store buffers. */
  readonly isTso: boolean;
  /** By site: the spin loop it is in, or -1. */
  readonly loops: Int32Array;
  readonly contents: ContentOwners;
}

/** A thread as the explorer sees it. */
export class Actor {
  readonly thread: Thread;
  readonly process: number;
  /** The operation it stands before; null where it has none (yet). */
  operation: ProgramOperation | null = null;
  /** The kernel's side of it; null for an access to memory. */
  kernelOperation: KernelOperation | null = null;
  causes: readonly number[] = NONE;
  /** Its last step. */
  last = -1;
  children = 0;
  objects = 0;
  /** Own clock, ticks: time is each thread's own, for it must not depend on the schedule. */
  clock = 0;
  isOver = false;
  /** Threads that were over before this one got here, by joins: whatever they did, no schedule can move behind this point. */
  readonly joined = new Set<Actor>();
  /** Own source of chance, for the same reason as the clock. */
  chance: Random | null = null;
  /** Where it goes round in a spin loop. */
  readonly spin = new Spin();
  /** How long it is willing to wait; null where that is for ever. */
  timer: Timer | null = null;
  /** Stores that memory has not seen yet; null where there never were any. */
  buffer: StoreBuffer | null = null;

  constructor(thread: Thread, process: number) {
    this.thread = thread;
    this.process = process;
  }
}
