import { type KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';
import type { Mutex } from './mutex.ts';

/**
 * A condition variable with Mesa semantics. State: the waiters, longest waiting first. `wait` gives the mutex back and joins them; its second half, `reacquire`
 * (an operation of the mutex), becomes possible when a `signal` or `broadcast` has chosen it and the mutex is free. A signal that finds nobody
 * changes nothing. As in POSIX, who signals need not hold the mutex.
 */
export class Condition implements KernelObject {
  readonly kind = 'condition';
  readonly id: number;
  readonly name: string;
  readonly mutex: Mutex;
  readonly queues = [];
  /** The second halves of the waits, in order of arrival. */
  readonly waiters = new Set<Operation>();
  /** Where they stand until one is chosen. */
  readonly parking = new WaitQueue();

  constructor(id: number, name: string, mutex: Mutex) {
    this.id = id;
    this.name = name;
    this.mutex = mutex;
    mutex.conditions.push(this);
  }

  enabled(): boolean {
    return true;
  }

  execute(operation: Operation): unknown {
    if (operation.kind === 'wait') return this.wait(operation);
    if (operation.kind === 'signal') this.signal();
    else for (let some = true; some; ) some = this.signal();
    return undefined;
  }

  private wait(operation: Operation): Operation {
    const { mutex } = this;
    mutex.requireOwner(operation.thread, 'wait');
    mutex.unlock(operation.thread);
    const second = new Operation('reacquire', mutex, this);
    second.deadline = operation.deadline;
    this.waiters.add(second);
    return second;
  }

  /** Lets the longest waiting go on; false where nobody waits. */
  private signal(): boolean {
    for (const waiter of this.waiters) {
      if (waiter.outcome === 'none') waiter.outcome = 'signalled';
      this.letGo(waiter);
      return true;
    }
    return false;
  }

  /** A waiter that a signal's handler interrupted goes on waiting in another operation. */
  replace(waiter: Operation, again: Operation): void {
    if (this.waiters.delete(waiter)) this.waiters.add(again);
  }

  /** The waiter waits no more for the condition, only for the mutex. */
  letGo(waiter: Operation): void {
    this.waiters.delete(waiter);
    if (waiter.queue === null) return;
    waiter.queue.remove(waiter);
    this.mutex.queue.push(waiter);
  }

  writes(operation: Operation): boolean {
    return operation.kind === 'wait' || this.waiters.size > 0;
  }

  queueOf(): WaitQueue {
    return this.parking;
  }

  holders(): readonly Thread[] {
    return [];
  }
}
