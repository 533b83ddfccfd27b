import type { Instance } from '../language/index.ts';
import type { Thread } from './thread.ts';

/** How a process ended: by `exit` (no signal) or by a signal (no code). */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process as the kernel knows it (process control block). */
export class Process {
  readonly pid: number;
  readonly name: string;
  parent: Process | null;
  instance!: Instance;
  readonly threads: Thread[] = [];
  exit: ExitStatus | null = null;
  /** The error that ended it, where one did. */
  error: unknown = undefined;
  nice = 0;
  /** Its threads that keep it alive: neither ended nor detached. */
  live = 0;

  constructor(pid: number, name: string, parent: Process | null) {
    this.pid = pid;
    this.name = name;
    this.parent = parent;
  }

  /** Share of the CPU of each of its threads: 1024 at nice 0, a factor of 1.25 a step, as in Linux. */
  get weight(): number {
    return 1024 / 1.25 ** this.nice;
  }

  get main(): Thread {
    return this.threads[0] as Thread;
  }
}
