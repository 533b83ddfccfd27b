import { SystemError } from '../errors.ts';
import type { KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';
import type { Condition } from './condition.ts';

/**
 * Mutual exclusion. State: the owner. `lock` and `reacquire` are enabled while nobody owns it and change it; `unlock` changes it; `tryLock` changes it
 * where it succeeds and only reads it where it fails, so two failed ones are independent. When it is given back, the longest waiting is woken and
 * tries again; a thread that is running may be quicker, as with POSIX mutexes (handing it over would cost a switch at every unlock).
 */
export class Mutex implements KernelObject {
  readonly kind = 'mutex';
  readonly letsBarge = true;
  readonly id: number;
  readonly name: string;
  readonly priorityInheritance: boolean;
  readonly queue = new WaitQueue();
  readonly queues = [this.queue];
  owner: Thread | null = null;
  isDestroyed = false;
  /** Conditions that give it back while they wait. */
  readonly conditions: Condition[] = [];

  constructor(id: number, name: string, priorityInheritance = false) {
    this.id = id;
    this.name = name;
    this.priorityInheritance = priorityInheritance;
  }

  enabled(operation: Operation): boolean {
    if (operation.kind === 'lock')
      return this.owner === null || this.owner === operation.thread || this.isDestroyed;
    if (operation.kind === 'reacquire') return operation.outcome !== 'none' && this.owner === null;
    return true;
  }

  execute(operation: Operation): unknown {
    if (this.isDestroyed)
      throw new SystemError('EINVAL', `${operation.kind}: ${this.name} was destroyed; make a new Mutex`);
    switch (operation.kind) {
      case 'lock':
        return this.lock(operation.thread);
      case 'tryLock':
        return this.tryLock(operation.thread);
      case 'reacquire':
        (operation.argument as Condition).waiters.delete(operation);
        this.take(operation.thread);
        return operation.outcome !== 'timeout';
      case 'destroy':
        return this.destroy();
      default:
        return this.unlock(operation.thread);
    }
  }

  private lock(thread: Thread): void {
    if (this.owner === thread)
      throw new SystemError(
        'EDEADLK',
        `lock: ${thread.name} holds ${this.name} already; a thread that locks it again would wait for itself`,
      );
    this.take(thread);
  }

  private tryLock(thread: Thread): boolean {
    if (this.owner) return false;
    this.take(thread);
    return true;
  }

  private take(thread: Thread): void {
    this.owner = thread;
    thread.held.push(this);
  }

  /** Throws `EPERM` where the thread is not the owner. */
  unlock(thread: Thread): void {
    this.requireOwner(thread, 'unlock');
    this.owner = null;
    thread.held.splice(thread.held.indexOf(this), 1);
  }

  /** Throws `EPERM` where the thread is not the owner; `what` it was about to do. */
  requireOwner(thread: Thread, what: string): void {
    if (this.owner === thread) return;
    const holder = this.owner ? `${this.owner.name} holds it` : 'nobody holds it';
    throw new SystemError('EPERM', `${what}: ${thread.name} does not hold ${this.name}; ${holder}`);
  }

  private destroy(): void {
    const isWaitedFor = this.queue.length > 0 || this.conditions.some(({ waiters }) => waiters.size > 0);
    if (this.owner || isWaitedFor) {
      const user = this.owner ? `${this.owner.name} holds it` : 'threads wait for it';
      throw new SystemError('EBUSY', `destroy: ${this.name} is in use; ${user}`);
    }
    this.isDestroyed = true;
  }

  writes(operation: Operation): boolean {
    return operation.kind !== 'tryLock' || this.owner === null;
  }

  queueOf(operation: Operation): WaitQueue {
    const isUnchosen = operation.kind === 'reacquire' && operation.outcome === 'none';
    return isUnchosen ? (operation.argument as Condition).parking : this.queue;
  }

  holders(): readonly Thread[] {
    return this.owner ? [this.owner] : [];
  }
}
