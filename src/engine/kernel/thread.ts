import type { Stack } from '../language/index.ts';
import { SystemError } from './errors.ts';
import type { Fault } from './fault.ts';
import type { Fiber } from './fiber.ts';
import type { KernelObject, Operation } from './operation.ts';
import type { Process } from './process.ts';
import type { Task } from './scheduler/policy.ts';
import { SignalMask } from './signal-mask.ts';
import { WaitQueue } from './wait-queue.ts';

/** The states of a thread and its transitions: new → ready ⇄ running → blocked → ready; ended from anywhere. */
export type ThreadState = 'new' | 'ready' | 'running' | 'blocked' | 'ended';

/**
 * A thread as the kernel knows it (thread control block). As a kernel object its operations are `join` (enabled when it has ended),
 * `detach` and `exit`: exit changes it, join and detach depend on exit and on each other.
 */
export class Thread implements KernelObject, Task {
  readonly kind = 'thread';
  readonly id: number;
  tid: number;
  readonly process: Process;
  /** Number among the threads its process has had; the same in a copy of the process. */
  readonly index: number;
  readonly name: string;
  stack: Stack;
  state: ThreadState = 'new';
  /** The operation it waits in, or (for a scheduler that asks) that it is about to do. */
  pending: Operation | null = null;
  /** An operation that has to wait until the other cores' clocks have caught up. */
  deferred: Operation | null = null;
  /** Bytes of a message that came while it waited: the kernel copies them to it when it runs again. */
  arrivedBytes = 0;
  /** It asked to give its core away. */
  yielding = false;
  /** Fibers it is inside of, innermost last. */
  readonly fibers: Fiber[] = [];
  /** It has just gone over to another fiber's stack and goes on there. */
  hasSwitched = false;
  /** Ticks of `compute` still to burn. */
  compute = 0;

  basePriority = 1;
  /** Priority inherited from those who wait for what it holds; never below its own. */
  priority = 1;
  expected = 0;
  used = 0;
  affinity = -1;
  readyNext: Task | null = null;
  readyPrevious: Task | null = null;
  /** Core it ran on last, or -1. */
  lastCore = -1;
  /** Ready since a device or a timer woke it: whoever dispatches it pays for the wake-up. */
  wokenByEvent = false;

  isDetached = false;
  isJoined = false;
  /** What its body returned. */
  result: unknown = undefined;
  /** The program's object for it, once there is one (a WeakMap would cost an explorer a third of its time). */
  handle: object | null = null;
  /** The event of its last access whose value is not known yet; -1 for none. */
  noted = -1;
  /** What it holds: edges of the wait-for graph, and what a lock order is made of. */
  readonly held: KernelObject[] = [];
  /** Signals it holds back; a new thread holds back what its creator does. */
  readonly blockedSignals = new SignalMask();
  /** Signals sent to it, not to its process, that it holds back. */
  readonly pendingSignals: string[] = [];
  /** Signals whose handlers run as soon as its code can be interrupted. */
  readonly interrupts: string[] = [];
  /** Its slice ends in the call that sent it a signal: the handler runs before the call returns. */
  hasSignalledItself = false;
  /** What its call throws after the handlers of signals it sent itself. */
  failure: SystemError | null = null;
  /** The fault whose handler is about to run or running. */
  fault: Fault | null = null;
  private values: Map<object, unknown> | null = null;
  private joiners: WaitQueue | null = null;

  /** Ticks. */
  created = 0;
  firstRun = -1;
  finished = -1;
  readyTicks = 0;
  blockedTicks = 0;
  stateSince = 0;

  constructor(id: number, tid: number, process: Process, name: string, stack: Stack) {
    this.index = process.threadsMade++;
    this.id = id;
    this.tid = tid;
    this.process = process;
    this.name = name;
    this.stack = stack;
  }

  /** From the nice value of its process. */
  get weight(): number {
    return this.process.weight;
  }

  /** Changes the state and adds up how long it was in the last. */
  enter(state: ThreadState, now: number): void {
    if (this.state === 'ready') this.readyTicks += now - this.stateSince;
    else if (this.state === 'blocked') this.blockedTicks += now - this.stateSince;
    this.state = state;
    this.stateSince = now;
  }

  /** Holds back the signals that another thread does. */
  holdBackLike(other: Thread): void {
    this.blockedSignals.addAll(other.blockedSignals);
  }

  /** Holds a signal back from now on, or no longer. */
  mask(signal: string, isBlocked: boolean): void {
    if (isBlocked) this.blockedSignals.add(signal);
    else this.blockedSignals.delete(signal);
  }

  /** Its own values of thread-local variables. */
  get locals(): Map<object, unknown> {
    this.values ??= new Map();
    return this.values;
  }

  get queues(): readonly WaitQueue[] {
    return this.joiners ? [this.joiners] : [];
  }

  enabled(operation: Operation): boolean {
    return operation.kind !== 'join' || this.state === 'ended' || this.isDetached || this.isJoined;
  }

  execute(operation: Operation): unknown {
    if (operation.kind === 'join') return this.join();
    if (operation.kind === 'detach') this.detach();
    return undefined;
  }

  private join(): unknown {
    if (this.isDetached)
      throw new SystemError('EINVAL', `join: ${this.name} is detached; a detached thread cannot be joined`);
    if (this.isJoined)
      throw new SystemError('EINVAL', `join: ${this.name} was joined before; a thread can be joined once`);
    this.isJoined = true;
    return this.result;
  }

  private detach(): void {
    if (this.isDetached) throw new SystemError('EINVAL', `detach: ${this.name} is detached already`);
    if (this.isJoined) throw new SystemError('EINVAL', `detach: ${this.name} was joined before`);
    this.isDetached = true;
  }

  writes(): boolean {
    return true;
  }

  queueOf(): WaitQueue {
    this.joiners ??= new WaitQueue();
    return this.joiners;
  }

  holders(): readonly Thread[] {
    return this.state === 'ended' ? [] : [this];
  }
}
