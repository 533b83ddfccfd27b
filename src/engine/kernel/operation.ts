import type { Thread } from './thread.ts';
import type { WaitQueue } from './wait-queue.ts';

/**
 * The one door. Whatever a thread does that another thread could notice is an Operation: data first, then done. A
 * normal run executes it at once, or parks the thread until it is enabled; a scheduler that wants to be asked before
 * each operation (the explorer) leaves it pending and decides whose pending operation is executed next.
 *
 * Blocking is nothing but a pending operation that is not enabled. Waking is executing it, on the waiter's behalf, as
 * soon as another operation has made it possible.
 */
export type OperationKind =
  /** Accesses to a variable or a property; the object is a `Location`. */
  | 'load'
  | 'store'
  /** Threads. `spawn`: the object is the new thread. `exit` is the last operation of every thread. */
  | 'spawn'
  | 'join'
  | 'detach'
  | 'exit'
  | 'yield'
  /** Time: enabled at once for an explorer, when the time has come in a run. */
  | 'sleep'
  | 'io'
  | 'idle'
  /** Mutex. `reacquire` is the second half of `wait` on a condition. */
  | 'lock'
  | 'tryLock'
  | 'unlock'
  | 'destroy'
  | 'wait'
  | 'reacquire'
  | 'signal'
  | 'broadcast'
  /** Semaphore. */
  | 'acquire'
  | 'tryAcquire'
  | 'release'
  /** Readers and writers. */
  | 'readLock'
  | 'readUnlock'
  | 'writeLock'
  | 'writeUnlock'
  /** Barrier: arrive, then leave when all have arrived. */
  | 'arrive'
  | 'leave'
  /** Atomic and shared memory: a load is a read, the rest are read-modify-writes. */
  | 'atomicLoad'
  | 'atomicStore'
  | 'atomicUpdate'
  | 'compareExchange'
  /** Channels, pipes, message queues, sockets. */
  | 'send'
  | 'receive'
  | 'close'
  | 'accept'
  | 'connect'
  | 'poll'
  /** Finds out whether somebody listens, and begins to; operations only for a scheduler that asks. */
  | 'look'
  | 'listen'
  /** Processes and signals. */
  | 'fork'
  | 'waitpid'
  | 'kill'
  | 'deliver'
  | 'pause'
  /** Finds out which processes there are; an operation only for a scheduler that asks. */
  | 'list'
  /** Output: a visible operation of the process's standard output. */
  | 'print';

/** What an operation is about: a mutex, a channel, a thread… Each has a file of its own that says what its operations do. */
export interface KernelObject {
  /** Unique in a run and the same in every run of the same schedule. */
  readonly id: number;
  /** In the words of the library: `mutex`, `pipe`. */
  readonly kind: string;
  readonly name: string;
  /** It lives outside any one process: a copy of the process does not get a copy of it. */
  readonly isShared?: boolean;
  /** A woken waiter has to try again, and another thread may be quicker; else it is given what it waits for. */
  readonly letsBarge?: boolean;
  /** Can the operation be done now? Pure. */
  enabled(operation: Operation): boolean;
  /**
   * Does it; only called where it is enabled. Returns what the caller's call returns, or the `Operation` that has to be done
   * before the call returns (the second half of a condition's wait). Throws what the caller's call throws.
   */
  execute(operation: Operation): unknown;
  /** Would it change this object's state, as things are now? Two operations on one object that change nothing are independent. Pure. */
  writes(operation: Operation): boolean;
  /** Where a thread waits whose operation is not enabled. Waiters of one queue are served in order. */
  queueOf(operation: Operation): WaitQueue;
  /** Its wait queues that may have somebody in them. */
  readonly queues: readonly WaitQueue[];
  /** Who holds it, where somebody does: the edges of the wait-for graph. */
  holders(): readonly Thread[];
}

/** One visible operation of one thread. */
export class Operation {
  readonly kind: OperationKind;
  readonly object: KernelObject;
  /** A second object it touches (the mutex that `wait` gives back), or null. */
  readonly also: KernelObject | null;
  /** What the operation needs to know: the value sent, the timeout… */
  readonly argument: unknown;
  /** Who does it. Set by the kernel when the thread asks. */
  thread!: Thread;
  /** Site in the program, or -1. Set by the kernel. */
  site = -1;
  /** Virtual time (ticks) at which waiting is given up, or Infinity. */
  deadline = Number.POSITIVE_INFINITY;
  /** Set by `signal` and `broadcast` on the `reacquire` they let go on, by the kernel where the time was up. */
  outcome: 'none' | 'signalled' | 'timeout' | 'spurious' = 'none';
  /** It waited before, was woken to try again, and keeps its place if it has to wait on. */
  isRetry = false;
  /** Neighbours in the wait queue; the queue's own business. */
  next: Operation | null = null;
  previous: Operation | null = null;
  queue: WaitQueue | null = null;

  constructor(
    kind: OperationKind,
    object: KernelObject,
    argument: unknown = undefined,
    also: KernelObject | null = null,
  ) {
    this.kind = kind;
    this.object = object;
    this.argument = argument;
    this.also = also;
  }

  /** Can it be done now? */
  enabled(): boolean {
    return this.object.enabled(this);
  }
}

/**
 * Do two pending operations of different threads depend on each other: touch the same object while at least one changes it?
 * Dependent operations do not commute; their order is what a schedule decides.
 */
export function areDependent(a: Operation, b: Operation): boolean {
  if (touchesSame(a, b.object)) return a.object.writes(a) || b.object.writes(b);
  return b.also !== null && touchesSame(a, b.also);
}

function touchesSame(operation: Operation, object: KernelObject): boolean {
  return operation.object === object || operation.also === object;
}
