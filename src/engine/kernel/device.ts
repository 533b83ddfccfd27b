import type { KernelObject, Operation } from './operation.ts';
import type { Thread } from './thread.ts';
import { WaitQueue } from './wait-queue.ts';

/**
 * A device that works on one request at a time (a disk). State: until when it is busy. `io` waits until its request is done: enabled when the kernel says the time has come.
 */
export class Device implements KernelObject {
  readonly kind = 'device';
  readonly isShared = true;
  readonly id: number;
  readonly name: string;
  readonly queues = [];
  /** Ticks until which it is busy with the requests so far. */
  busyUntil = 0;

  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
  }

  /** One more request of so many ticks: when it will be done. */
  request(now: number, ticks: number): number {
    this.busyUntil = Math.max(now, this.busyUntil) + ticks;
    return this.busyUntil;
  }

  enabled(operation: Operation): boolean {
    return operation.outcome !== 'none';
  }

  execute(): undefined {
    return undefined;
  }

  writes(): boolean {
    return true;
  }

  queueOf(): WaitQueue {
    return new WaitQueue();
  }

  holders(): readonly Thread[] {
    return [];
  }
}
