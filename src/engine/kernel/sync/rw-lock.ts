import { SystemError } from '../errors.ts';
import type { KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';

/**
 * Many readers or one writer. State: who reads, who writes. `readLock` is enabled while nobody writes or queues to write, `writeLock` while nobody does
 * either. Every operation changes the state.
 */
export class RWLock implements KernelObject {
  readonly kind = 'rwlock';
  readonly id: number;
  readonly name: string;
  private readonly readQueue = new WaitQueue();
  private readonly writeQueue = new WaitQueue();
  /** Writers first. */
  readonly queues = [this.writeQueue, this.readQueue];
  private readonly readers: Thread[] = [];
  private writer: Thread | null = null;

  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
  }

  enabled(operation: Operation): boolean {
    const { thread } = operation;
    if (operation.kind === 'readLock')
      return this.writer === thread || (this.writer === null && !this.hasQueuedWriter());
    if (operation.kind !== 'writeLock') return true;
    return (
      this.writer === thread ||
      this.readers.includes(thread) ||
      (this.writer === null && this.readers.length === 0)
    );
  }

  private hasQueuedWriter(): boolean {
    return this.writeQueue.length > 0;
  }

  execute(operation: Operation): unknown {
    const { thread, kind } = operation;
    if (kind === 'readUnlock') return this.unlock(thread, kind, this.readers.indexOf(thread) >= 0);
    if (kind === 'writeUnlock') return this.unlock(thread, kind, this.writer === thread);
    if (this.writer === thread || (kind === 'writeLock' && this.readers.includes(thread)))
      throw new SystemError(
        'EDEADLK',
        `${kind}: ${thread.name} holds ${this.name} already and would wait for itself`,
      );
    if (kind === 'readLock') this.readers.push(thread);
    else this.writer = thread;
    thread.held.push(this);
    return undefined;
  }

  private unlock(thread: Thread, kind: string, holds: boolean): undefined {
    if (!holds) throw new SystemError('EPERM', `${kind}: ${thread.name} does not hold ${this.name} that way`);
    if (kind === 'readUnlock') this.readers.splice(this.readers.indexOf(thread), 1);
    else this.writer = null;
    thread.held.splice(thread.held.indexOf(this), 1);
  }

  writes(): boolean {
    return true;
  }

  queueOf(operation: Operation): WaitQueue {
    return operation.kind === 'writeLock' ? this.writeQueue : this.readQueue;
  }

  holders(): readonly Thread[] {
    return this.writer ? [this.writer] : this.readers;
  }
}
