import { SUSPENDED } from '../language/index.ts';
import { SystemError } from './errors.ts';
import { PollSet, type Readable } from './ipc/poll.ts';
import { type KernelObject, Operation } from './operation.ts';
import type { Thread } from './thread.ts';
import { Timers } from './timers.ts';
import type { WaitQueue } from './wait-queue.ts';

/** How operations are done, how threads wait in them and how they are woken: the door that everything goes through. */
export abstract class Door {
  /** The thread whose code runs now. */
  running!: Thread;
  private lastId = 0;
  readonly timers = new Timers(this.newId());
  /** The thread can run. */
  protected abstract makeReady(thread: Thread): void;
  /** The thread waits in its pending operation. */
  protected abstract makeBlocked(thread: Thread): void;

  /** A number for a new kernel object. */
  newId(): number {
    return ++this.lastId;
  }

  /** Does an enabled operation and lets go on whoever it makes able to. Returns and throws as the caller's call does. */
  protected execute(operation: Operation): unknown {
    const { object, also } = operation;
    try {
      const result = object.execute(operation);
      this.executed(operation);
      return result;
    } finally {
      if (object.queues.length > 0) this.settle(object);
      if (also !== null && also.queues.length > 0) this.settle(also);
    }
  }

  /** An operation was done; nobody who waited for it goes on yet. */
  protected executed(_operation: Operation): void {}

  /** Executes if that is possible, else parks: the way operations go in a run. */
  protected executeOrPark(operation: Operation): unknown {
    let current = operation;
    for (;;) {
      if (!current.enabled()) return this.park(current);
      const result = this.execute(current);
      if (!(result instanceof Operation)) return result;
      result.thread = operation.thread;
      result.site = operation.site;
      current = result;
    }
  }

  private park(operation: Operation): typeof SUSPENDED {
    const { thread } = operation;
    if (!thread.process.instance.canSuspend && this.running === thread) {
      throw new SystemError(
        'EDEADLK',
        `${operation.kind} would block inside a function that a built-in called, and such a call cannot be suspended. Call it from a loop of your own instead.`,
      );
    }
    thread.pending = operation;
    const queue = operation.object.queueOf(operation);
    if (operation.isRetry) queue.unshift(operation);
    else queue.push(operation);
    if (operation.object instanceof PollSet) this.watchAll(operation, operation.object);
    this.makeBlocked(thread);
    return SUSPENDED;
  }

  /** A thread that polls is woken by the first source that becomes readable. */
  private watchAll(operation: Operation, { sources }: PollSet): void {
    const wake = () => {
      for (const source of sources) source.watchers.delete(wake);
      if (operation.thread.pending === operation) this.wake(operation);
    };
    for (const source of sources) source.watchers.add(wake);
  }

  /** Tell whoever watches a source that it is readable now. */
  private notify(object: KernelObject): void {
    const { watchers, isReadable } = object as Readable;
    if (watchers === undefined || watchers.size === 0 || !isReadable) return;
    for (const watcher of [...watchers]) watcher();
  }

  /** Serve the waiters of an object, in order, as long as the first of a queue is enabled. */
  settle(object: Operation['object']): void {
    for (let progress = true; progress; ) {
      progress = false;
      for (const queue of object.queues) {
        if (object.letsBarge) this.retryFirst(queue);
        else
          for (let waiter = queue.first; waiter?.enabled(); waiter = queue.first) {
            this.wake(waiter);
            progress = true;
          }
      }
    }
    this.notify(object);
  }

  private retryFirst(queue: WaitQueue): void {
    const waiter = queue.first;
    if (!waiter?.enabled()) return;
    if (this.handsOver(waiter)) this.wake(waiter);
    else this.retry(waiter);
  }

  /** Does a waiter get what it waits for at once, or is it only woken to try? */
  protected handsOver(_waiter: Operation): boolean {
    return true;
  }

  /** A waiter's operation is enabled: wake it to try again. */
  protected retry(operation: Operation): void {
    const { thread } = operation;
    operation.queue?.remove(operation);
    operation.isRetry = true;
    thread.pending = null;
    thread.deferred = operation;
    this.makeReady(thread);
  }

  /** A waiter's operation is enabled: do it on its behalf and let it go on with the result. */
  protected wake(operation: Operation): void {
    const { thread } = operation;
    operation.queue?.remove(operation);
    try {
      const result = this.execute(operation);
      if (result instanceof Operation) {
        result.thread = thread;
        result.site = operation.site;
        if (!result.enabled()) {
          thread.pending = result;
          result.object.queueOf(result).push(result);
          return;
        }
        this.deliver(operation, this.execute(result), false);
      } else this.deliver(operation, result, false);
    } catch (error) {
      this.deliver(operation, error, true);
    }
    thread.pending = null;
    if (thread.state !== 'ended') this.makeReady(thread);
  }

  /** The time an operation was willing to wait is over. */
  protected timeOut(operation: Operation, outcome: 'timeout' | 'spurious' = 'timeout'): void {
    if (operation.thread.pending !== operation || operation.outcome !== 'none') return;
    operation.outcome = outcome;
    if (operation.enabled()) {
      if (operation.object.letsBarge && !this.handsOver(operation)) this.retry(operation);
      else this.wake(operation);
      return;
    }
    operation.queue?.remove(operation);
    operation.object.queueOf(operation).push(operation);
  }

  /** Takes a blocked thread out of the call it waits in. */
  protected pull(thread: Thread): Operation | null {
    const { pending } = thread;
    pending?.queue?.remove(pending);
    thread.pending = null;
    return pending;
  }

  protected requireSuspendable(call: string): void {
    if (this.running.process.instance.canSuspend) return;
    throw new SystemError(
      'EDEADLK',
      `${call} cannot be called from inside a function that a built-in called`,
    );
  }

  /** A thread that waited gets what its call returns or throws. */
  protected deliver({ thread }: Operation, value: unknown, isError: boolean): void {
    if (isError) thread.stack.fail(value);
    else thread.stack.answer(value);
  }
}
