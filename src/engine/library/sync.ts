import { checkDuration, checkInteger, SystemError } from '../kernel/errors.ts';
import { Operation } from '../kernel/operation.ts';
import { Atomic as KernelAtomic } from '../kernel/sync/atomic.ts';
import { Barrier as KernelBarrier } from '../kernel/sync/barrier.ts';
import { Channel as KernelChannel } from '../kernel/sync/channel.ts';
import { Condition as KernelCondition } from '../kernel/sync/condition.ts';
import { Mutex as KernelMutex } from '../kernel/sync/mutex.ts';
import { RWLock as KernelRWLock } from '../kernel/sync/rw-lock.ts';
import { Semaphore as KernelSemaphore } from '../kernel/sync/semaphore.ts';
import { defineSuspendable, SUSPENDED } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import { checkFlag, checkName, checkNumber, checkOptions } from './check.ts';
import { type Context, kernelCalls, perform } from './context.ts';

const MUTEX_OPTIONS = ['name', 'priorityInheritance'];

/** What an atomic has to hold for arithmetic. */
function numberIn(old: unknown, call: string): number {
  return checkNumber(old, `${call}: the value of the Atomic`);
}

/** Synchronisation: thin handles of kernel objects. */
export function syncModule(context: Context): Record<string, unknown> {
  const named = (name: string | undefined, kind: string, id: number) =>
    name === undefined ? `${kind} ${id}` : checkName(name, `name of a ${kind}`);
  const newId = () => context.kernel.newId();

  class Mutex {
    readonly #mutex: KernelMutex;
    constructor(options: string | { name?: string; priorityInheritance?: boolean } = {}) {
      const asked = typeof options === 'string' ? { name: options } : options;
      const { name, priorityInheritance = false } = checkOptions(asked, MUTEX_OPTIONS, 'a Mutex');
      const id = newId();
      this.#mutex = context.kernel.addObject(
        new KernelMutex(id, named(name, 'mutex', id), checkFlag(priorityInheritance, 'priorityInheritance')),
      );
    }
    static of(mutex: Mutex): KernelMutex {
      return mutex.#mutex;
    }
    get name(): string {
      return this.#mutex.name;
    }
    lock(): unknown {
      return perform(context, 'lock', this.#mutex);
    }
    unlock(): unknown {
      return perform(context, 'unlock', this.#mutex);
    }
    tryLock(): unknown {
      return perform(context, 'tryLock', this.#mutex);
    }
    destroy(): unknown {
      return perform(context, 'destroy', this.#mutex);
    }
    withLock(_body: () => unknown): unknown {
      return undefined;
    }
    hold(): unknown {
      return undefined;
    }
  }
  kernelCalls(Mutex, 'lock', 'unlock', 'tryLock', 'destroy');
  defineSuspendable(Mutex.prototype.withLock, function* (rt, self, [body]) {
    const mutex = self as Mutex;
    const { site } = rt;
    if (mutex.lock() === SUSPENDED) yield;
    let result: unknown;
    try {
      result = rt.call(body, undefined);
      if (result === SUSPENDED) result = yield;
    } finally {
      rt.site = site; // The calls of `body` are over: it is this one that gives the lock back.
      if (mutex.unlock() === SUSPENDED) yield;
    }
    return result;
  });
  defineSuspendable(Mutex.prototype.hold, function* (_rt, self) {
    if ((self as Mutex).lock() === SUSPENDED) yield;
    return new Held(self as Mutex);
  });

  class Held {
    static readonly name = 'Held';

    readonly #mutex: Mutex;
    constructor(mutex: Mutex) {
      this.#mutex = mutex;
    }
    [Symbol.dispose](): unknown {
      return this.#mutex.unlock();
    }
  }
  kernelCalls(Held, Symbol.dispose);

  class Semaphore {
    readonly #semaphore: KernelSemaphore;
    constructor(permits: number, name?: string) {
      const id = newId();
      const start = checkInteger(permits, 0, 'permits of a Semaphore');
      this.#semaphore = context.kernel.addObject(
        new KernelSemaphore(id, named(name, 'semaphore', id), start),
      );
    }
    acquire(): unknown {
      return perform(context, 'acquire', this.#semaphore);
    }
    tryAcquire(): unknown {
      return perform(context, 'tryAcquire', this.#semaphore);
    }
    release(n = 1): unknown {
      return perform(context, 'release', this.#semaphore, checkInteger(n, 1, 'release'));
    }
  }
  kernelCalls(Semaphore, 'acquire', 'tryAcquire', 'release');

  class Condition {
    readonly #condition: KernelCondition;
    constructor(mutex: Mutex, name?: string) {
      if (!(mutex instanceof Mutex))
        throw new SystemError('EINVAL', 'new Condition takes the Mutex that protects what it is about');
      const id = newId();
      this.#condition = context.kernel.addObject(
        new KernelCondition(id, named(name, 'condition', id), Mutex.of(mutex)),
      );
    }
    wait(timeout?: number): unknown {
      const { mutex } = this.#condition;
      const wait = new Operation('wait', this.#condition, undefined, mutex);
      if (timeout !== undefined)
        wait.deadline = context.kernel.now() + checkDuration(timeout, 'wait') * TICKS;
      return context.kernel.perform(wait);
    }
    signal(): unknown {
      return perform(context, 'signal', this.#condition, undefined, this.#condition.mutex);
    }
    broadcast(): unknown {
      return perform(context, 'broadcast', this.#condition, undefined, this.#condition.mutex);
    }
  }
  kernelCalls(Condition, 'wait', 'signal', 'broadcast');

  class RWLock {
    readonly #lock: KernelRWLock;
    constructor(name?: string) {
      const id = newId();
      this.#lock = context.kernel.addObject(new KernelRWLock(id, named(name, 'rwlock', id)));
    }
    readLock(): unknown {
      return perform(context, 'readLock', this.#lock);
    }
    readUnlock(): unknown {
      return perform(context, 'readUnlock', this.#lock);
    }
    writeLock(): unknown {
      return perform(context, 'writeLock', this.#lock);
    }
    writeUnlock(): unknown {
      return perform(context, 'writeUnlock', this.#lock);
    }
  }
  kernelCalls(RWLock, 'readLock', 'readUnlock', 'writeLock', 'writeUnlock');

  class Barrier {
    readonly #barrier: KernelBarrier;
    constructor(n: number, name?: string) {
      const id = newId();
      const size = checkInteger(n, 1, 'threads of a Barrier');
      this.#barrier = context.kernel.addObject(new KernelBarrier(id, named(name, 'barrier', id), size));
    }
    wait(): unknown {
      return perform(context, 'arrive', this.#barrier);
    }
  }
  kernelCalls(Barrier, 'wait');

  class Atomic {
    readonly #atomic: KernelAtomic;
    constructor(value: unknown, name?: string) {
      const id = newId();
      this.#atomic = context.kernel.addObject(new KernelAtomic(id, named(name, 'atomic', id), value));
    }
    load(): unknown {
      return perform(context, 'atomicLoad', this.#atomic);
    }
    store(value: unknown): unknown {
      return perform(context, 'atomicStore', this.#atomic, value);
    }
    add(delta: number): unknown {
      const by = checkNumber(delta, 'what is added');
      return perform(context, 'atomicUpdate', this.#atomic, (old: unknown) => numberIn(old, 'add') + by);
    }
    sub(delta: number): unknown {
      const by = checkNumber(delta, 'what is subtracted');
      return perform(context, 'atomicUpdate', this.#atomic, (old: unknown) => numberIn(old, 'sub') - by);
    }
    exchange(value: unknown): unknown {
      return perform(context, 'atomicUpdate', this.#atomic, () => value);
    }
    compareExchange(expected: unknown, desired: unknown): unknown {
      return perform(context, 'compareExchange', this.#atomic, [expected, desired]);
    }
  }
  kernelCalls(Atomic, 'load', 'store', 'add', 'sub', 'exchange', 'compareExchange');

  class Channel {
    readonly #channel: KernelChannel;
    constructor(capacity = 0, name?: string) {
      const id = newId();
      const size =
        capacity === Number.POSITIVE_INFINITY ? capacity : checkInteger(capacity, 0, 'capacity of a Channel');
      this.#channel = context.kernel.addObject(new KernelChannel(id, named(name, 'channel', id), size));
    }
    send(value: unknown): unknown {
      return perform(context, 'send', this.#channel, value);
    }
    receive(): unknown {
      return perform(context, 'receive', this.#channel);
    }
    close(): unknown {
      return perform(context, 'close', this.#channel);
    }
    [Symbol.iterator](): object {
      return receiverIterator(() => this.receive());
    }
  }
  kernelCalls(Channel, 'send', 'receive', 'close');

  return { Mutex, Semaphore, Condition, RWLock, Barrier, Atomic, Channel };
}

/** Iterates until `receive` gives null; each step may suspend. */
export function receiverIterator(receive: () => unknown): object {
  const iterator = {
    next(): IteratorResult<unknown> {
      const value = receive();
      return value === null ? { done: true, value: undefined } : { done: false, value };
    },
    [Symbol.iterator](): object {
      return iterator;
    },
  };
  defineSuspendable(iterator.next, function* () {
    let value = receive();
    if (value === SUSPENDED) value = yield;
    return value === null ? { done: true, value: undefined } : { done: false, value };
  });
  return iterator;
}
