import type { Process } from './process.ts';

/** The normal share of the CPU, as in Linux control groups. */
export const NORMAL_SHARE = 1024;

/** A group of processes with limits of its own and, where asked for, its own numbering of pids (Linux control groups and pid namespaces). */
export class Container {
  readonly name: string;
  readonly cpuShare: number;
  /** Bytes; Infinity: none. */
  readonly memoryLimit: number;
  readonly privatePids: boolean;
  readonly members: Process[] = [];

  constructor(name: string, cpuShare: number, memoryLimit: number, privatePids: boolean) {
    this.name = name;
    this.cpuShare = cpuShare;
    this.memoryLimit = memoryLimit;
    this.privatePids = privatePids;
  }

  /** Number of a member as seen from inside: its first process is 1. */
  pidOf(process: Process): number {
    return this.members.indexOf(process) + 1;
  }
}

/** The process that is number 1 where `process` lives, and does there what init does; null outside of pid namespaces. */
export function initOf({ container }: Process): Process | null {
  return container?.privatePids ? (container.members[0] ?? null) : null;
}

/** Pid of `process` as `viewer` sees it; 0 where it cannot see it. */
export function pidSeenBy(viewer: Process, process: Process | null): number {
  if (process === null) return 0;
  const { container } = viewer;
  return container?.privatePids ? container.pidOf(process) : process.pid;
}

/** The process that `viewer` knows by a pid. */
export function processSeenBy(viewer: Process, pid: number, all: readonly Process[]): Process | undefined {
  const { container } = viewer;
  return container?.privatePids ? container.members[pid - 1] : all[pid - 1];
}
