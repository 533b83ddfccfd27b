import type { Process } from '../kernel/process.ts';
import type { Actor } from './actor.ts';
import type { History } from './history.ts';
import type { IdleLoop } from './stdout.ts';

/** A process (an address space with its threads) as the explorer sees it. */
export class ProcessRecord {
  readonly process: Process;
  /** What is added to its addresses, so that they are no other process's. */
  readonly offset: number;
  /** Number of the process as a whole: what a signal, an exit or a copy is about. */
  readonly life: number;
  readonly loop: IdleLoop;
  /** What a copy needs; null where the program never copies a process. */
  readonly history: History | null;
  readonly actors: Actor[] = [];
  /** Threads that are not over. */
  live = 0;
  /** Threads there have been. */
  created = 0;
  /** The step in which it ended, or -1. */
  endStep = -1;
  /** Its event loop is told things from outside. */
  isFed = false;
  /** Children so far. */
  children = 0;
  /** Objects made while it caught up with its parent, by thread. */
  readonly copied: number[] = [];
  /** Words that `poke` put at addresses. */
  readonly words = new Map<number, number>();

  constructor(process: Process, offset: number, life: number, loop: IdleLoop, history: History | null) {
    this.process = process;
    this.offset = offset;
    this.life = life;
    this.loop = loop;
    this.history = history;
  }
}
