import type { KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';

/** Something that can be watched until a read would not block. */
export interface Readable extends KernelObject {
  readonly isReadable: boolean;
  /** Those who want to know when it becomes readable. */
  readonly watchers: Set<() => void>;
}

/**
 * Several sources watched at once (POSIX `poll`). `poll` is enabled while one of them is readable or the time is up; it changes nothing and gives the places of
 * those that are.
 */
export class PollSet implements KernelObject {
  readonly kind = 'poll';
  readonly name = 'one of several sources';
  readonly isShared = true;
  readonly id = 0;
  readonly queues = [];
  readonly sources: readonly Readable[];

  constructor(sources: readonly Readable[]) {
    this.sources = sources;
  }

  enabled(operation: Operation): boolean {
    return operation.outcome !== 'none' || this.sources.some(({ isReadable }) => isReadable);
  }

  execute(): number[] {
    const ready: number[] = [];
    this.sources.forEach(({ isReadable }, index) => {
      if (isReadable) ready.push(index);
    });
    return ready;
  }

  writes(): boolean {
    return false;
  }

  queueOf(): WaitQueue {
    return new WaitQueue();
  }

  holders(): readonly Thread[] {
    return [];
  }
}
