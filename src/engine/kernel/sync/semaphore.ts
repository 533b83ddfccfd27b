import { SystemError } from '../errors.ts';
import type { KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';

/** Most permits a semaphore can have, as POSIX `SEM_VALUE_MAX` on Linux. */
export const MOST_PERMITS = 2 ** 31 - 1;

/** A counter of permits. `acquire` is enabled while there is one; `acquire` and `release` change it, a `tryAcquire` that fails only reads it. */
export class Semaphore implements KernelObject {
  readonly kind = 'semaphore';
  readonly id: number;
  readonly name: string;
  readonly queue = new WaitQueue();
  readonly queues = [this.queue];
  permits: number;

  constructor(id: number, name: string, permits: number) {
    this.id = id;
    this.name = name;
    this.permits = permits;
  }

  enabled(operation: Operation): boolean {
    return operation.kind !== 'acquire' || this.permits > 0;
  }

  execute(operation: Operation): unknown {
    if (operation.kind === 'release') {
      const permits = this.permits + (operation.argument as number);
      if (permits > MOST_PERMITS)
        throw new SystemError(
          'EOVERFLOW',
          `release: ${this.name} cannot have more than ${MOST_PERMITS} permits`,
        );
      this.permits = permits;
      return undefined;
    }
    if (this.permits === 0) return false;
    this.permits--;
    return operation.kind === 'tryAcquire' ? true : undefined;
  }

  writes(operation: Operation): boolean {
    return operation.kind !== 'tryAcquire' || this.permits > 0;
  }

  queueOf(): WaitQueue {
    return this.queue;
  }

  holders(): readonly Thread[] {
    return [];
  }
}
