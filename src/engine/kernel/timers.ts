import type { KernelObject, Operation } from './operation.ts';
import type { Thread } from './thread.ts';
import { WaitQueue } from './wait-queue.ts';

/**
 * The clock as something to wait for: `sleep`, and `idle` of an event loop with nothing to do. Enabled when the time has come, which the kernel tells by the
 * operation's outcome. Operations on time are independent of everything.
 */
export class Timers implements KernelObject {
  readonly kind = 'clock';
  readonly name = 'the clock';
  readonly isShared = true;
  readonly id: number;
  readonly queues = [];

  constructor(id: number) {
    this.id = id;
  }

  enabled(operation: Operation): boolean {
    return operation.outcome !== 'none';
  }

  execute(): undefined {
    return undefined;
  }

  writes(): boolean {
    return false;
  }

  /** Each waiter for itself: their times have no order among them. */
  queueOf(): WaitQueue {
    return new WaitQueue();
  }

  holders(): readonly Thread[] {
    return [];
  }
}
