import { type Host, type Program, SUSPENDED } from '../language/index.ts';
import type { Core } from '../machine/core.ts';
import { TICKS } from '../machine/costs.ts';
import { Rank } from '../machine/event-queue.ts';
import { AddressSpace } from '../machine/memory/index.ts';
import type { Limits } from '../report.ts';
import { PageLog } from '../trace/page-log.ts';
import { EventKind } from '../trace/trace.ts';
import { ForkLog, type SliceEnd } from './fork-log.ts';
import { Message, opened } from './ipc/message.ts';
import { BROKEN } from './ipc/pipe.ts';
import type { Library, ThreadSettings } from './kernel.ts';
import { mapSegments, mapThreadStack } from './layout.ts';
import { LockOrder } from './lock-order.ts';
import { MemoryManager } from './memory-manager.ts';
import type { KernelObject, Operation } from './operation.ts';
import type { Process } from './process.ts';
import { ProcessHost } from './process-host.ts';
import { RaceDetector } from './race-detector.ts';
import type { MachineSettings } from './settings.ts';
import { Mutex } from './sync/mutex.ts';
import type { Thread } from './thread.ts';
import { GIVING_BACK, TAKING } from './uses.ts';

/** Ticks within which a spurious wake-up comes. */
const LONGEST_SPURIOUS_WAIT = 20_000 * 16;

/** A program without these words cannot copy a process, so nothing needs to be noted. */
const MAY_FORK = /\b(?:fork|Process)\b/;

/**
 * A kernel on simulated cores: a discrete-event simulation. Each core has its own clock; the one that is furthest behind goes next, up to the end of its slice, the
 * next event, or a little ahead of the others. Kernel operations are done in the order of time whatever core they come from. The same program,
 * settings and seed give the same run on every computer.
 */
export class System extends MemoryManager {
  readonly lockOrder = new LockOrder();
  private endedProcesses = 0;
  /** The slice under way ended before it began: a call that had been deferred has to wait after all, or a handler goes before what follows it. */
  private endedEarly: 'parked' | 'done' | null = null;
  /** When each page came into memory and left. */
  readonly pageLog = new PageLog();
  /** On which core the word of a lock or an atomic was written last. */
  private readonly lineOwners = new WeakMap<KernelObject, number>();

  constructor(program: Program, library: Library, settings: MachineSettings, limits: Partial<Limits> = {}) {
    super(program, library, settings, limits);
    const first = this.boot('main');
    first.space = new AddressSpace(first.id, this.frames, (...change) =>
      this.pageLog.add(this.trace.events, ...change),
    );
    mapSegments(first.space);
    if (MAY_FORK.test(program.source)) first.log = new ForkLog();
    this.makeReady(first.main);
    if (this.policy.period > 0) this.schedulePolicyTick();
  }

  /** Run for about `steps` steps. True when the run is over. */
  advance(steps: number): boolean {
    this.library.kernel = this;
    const goal = this.steps + steps;
    while (this.status === 'running' && this.steps < goal) this.turn();
    return this.status !== 'running';
  }

  perform(operation: Operation): unknown {
    const thread = this.running;
    operation.thread = thread;
    this.hits.clear();
    this.calls++;
    if (this.isAhead() && thread.process.instance.canSuspend) {
      thread.deferred = operation;
      return SUSPENDED;
    }
    this.charge(operation);
    return operation.object.isShared ? this.performShared(operation) : this.executeOrPark(operation);
  }

  /** What the call costs before it is known whether it has to wait. */
  private charge({ object, argument }: Operation): void {
    const { kind, isShared } = object;
    if (kind === 'pipe' || kind === 'socket' || kind === 'message queue') {
      this.systemCall();
      this.spend(kind === 'socket' ? 'socketOperation' : 'pipeOperation');
      if (argument instanceof Message) this.copy(argument.bytes);
    } else if (kind === 'atomic' || kind === 'shared memory') this.touchWord(object, 'atomic');
    else if (isShared) this.systemCall();
    else this.touchWord(object, 'mutex');
  }

  /** The word behind a lock or an atomic: its cache line may have to come from another core. */
  private touchWord(object: KernelObject, cost: 'atomic' | 'mutex'): void {
    const core = this.core?.id ?? 0;
    const owner = this.lineOwners.get(object) ?? core;
    if (owner !== core) this.spend('lineTransfer');
    this.lineOwners.set(object, core);
    this.spend(cost);
  }

  /** A waiter for whom a core is free gets the lock at once; else whoever runs may take it first, which saves a switch. */
  protected override handsOver({ thread }: Operation): boolean {
    const hands = this.costs.free && this.idleCoreFor(thread) !== null;
    thread.process.log?.give(hands);
    return hands;
  }

  protected override retry(operation: Operation): void {
    this.wakeByFutex(operation);
    super.retry(operation);
  }

  protected override wake(operation: Operation): void {
    this.wakeByFutex(operation);
    super.wake(operation);
  }

  /** Waking a waiter of a lock is a system call (futex), as waiting is. */
  private wakeByFutex({ object }: Operation): void {
    if (!this.core || object.isShared) return;
    this.systemCall();
    this.spend('futexWake');
  }

  /** What comes from outside the process is noted: a copy of the process is told the same. */
  private performShared(operation: Operation): unknown {
    const { log } = operation.thread.process;
    try {
      const result = this.executeOrPark(operation);
      if (result === SUSPENDED) return result;
      log?.give(result);
      this.copyIn(operation.thread, result);
      return opened(result);
    } catch (error) {
      log?.given.push({ value: error, isError: true });
      throw error;
    }
  }

  protected override deliver(operation: Operation, value: unknown, isError: boolean): void {
    const { thread, object } = operation;
    if (value === SUSPENDED || thread.state === 'ended') return;
    if (object.isShared) thread.process.log?.answer(thread, value, isError);
    if (!isError) this.copyIn(thread, value);
    super.deliver(operation, isError ? value : opened(value), isError);
    if (thread.failure !== null && value === thread.failure) this.signalBrokenPipe(thread);
  }

  /** A message is copied a second time, into the memory of who reads it and on its time: at once where it runs, else when it next does. */
  private copyIn(thread: Thread, value: unknown): void {
    if (!(value instanceof Message)) return;
    if (this.isOnCore(thread)) this.copy(value.bytes);
    else thread.arrivedBytes += value.bytes;
  }

  protected override timeOut(operation: Operation, outcome: 'timeout' | 'spurious' = 'timeout'): void {
    if (operation.thread.pending !== operation || operation.outcome !== 'none') return;
    const { thread, object } = operation;
    if (!object.isShared) thread.process.log?.add({ kind: outcome, thread: thread.index });
    super.timeOut(operation, outcome);
  }

  protected override executed(operation: Operation): void {
    super.executed(operation);
    const { thread, object, kind } = operation;
    thread.process.races?.synchronise(operation);
    if (TAKING.has(kind)) {
      this.noteUse(EventKind.Acquire, operation);
      this.lockOrder.take(thread, object);
    }
    if (GIVING_BACK.has(kind)) this.noteUse(EventKind.Release, operation);
    if (kind === 'signal' || kind === 'broadcast') this.warnOfSignal(operation);
    if (kind === 'send') this.noteUse(EventKind.Send, operation);
    if (kind === 'receive') this.noteUse(EventKind.Receive, operation);
    if (object instanceof Mutex && object.priorityInheritance) this.inheritPriorities(object, thread);
  }

  private noteUse(kind: number, { thread, object }: Operation): void {
    this.note(kind, thread, object.id, -1, this.placeOf(thread));
  }

  /** Allowed, as in POSIX, and often a mistake. */
  private warnOfSignal({ thread, object, also, kind }: Operation): void {
    if (!(also instanceof Mutex) || also.owner === thread) return;
    this.warnings.add(
      `Signal without the lock: ${thread.name} does ${kind} on ${object.name} and does not hold ${also.name}. That is safe only where what the waiters wait for was changed under ${also.name}; else one that has just looked falls asleep after the signal and misses it.`,
    );
  }

  /** The owner of a mutex is as urgent as the most urgent thread that waits for it (POSIX `PTHREAD_PRIO_INHERIT`). */
  private inheritPriorities(mutex: Mutex, thread: Thread): void {
    for (const it of new Set([thread, mutex.owner])) if (it) this.updatePriority(it);
  }

  protected override execute(operation: Operation): unknown {
    const result = super.execute(operation);
    return result === BROKEN ? this.brokenPipe(operation) : result;
  }

  override yieldNow(): unknown {
    this.calls++;
    this.systemCall();
    return super.yieldNow();
  }

  protected hostFor(process: Process): Host {
    return new ProcessHost(this, process);
  }

  override spawn(body: () => unknown, settings: ThreadSettings): Thread {
    const thread = super.spawn(body, settings);
    this.metrics.syscalls++;
    this.watchRaces(this.running, thread);
    mapThreadStack(thread.process.space, thread.index);
    if (this.threads.length > this.limits.threads) this.end('limit', 'threads');
    return thread;
  }

  /** With the second thread of a process, the search for races begins. */
  private watchRaces(parent: Thread, child: Thread): void {
    const { process } = child;
    if (process.races === null) {
      process.races = new RaceDetector(this.program, this.hits);
      this.hits.countIn('words');
      process.races.enter(parent);
      const host = process.instance.runtime.host as ProcessHost;
      host.races = process.races;
      host.coherence = this.coherence;
    }
    process.races.spawn(parent, child);
  }

  protected override started(thread: Thread, arrival: number): void {
    thread.created = Math.max(arrival, this.now());
    if (arrival > this.now()) this.at(arrival, Rank.Arrival, () => this.arrive(thread));
    else this.makeReady(thread);
  }

  protected arrive(thread: Thread): void {
    if (thread.state === 'new') this.makeReady(thread);
  }

  protected makeBlocked(thread: Thread): void {
    if (this.core && !thread.pending?.object.isShared) {
      this.systemCall();
      this.spend('futexWait');
    }
    thread.enter('blocked', this.now());
    this.maybeWakeSpuriously(thread);
    const wanted = thread.pending?.object;
    if (wanted instanceof Mutex && wanted.priorityInheritance && wanted.owner)
      this.updatePriority(wanted.owner);
    const { pending } = thread;
    if (pending && pending.deadline < Number.POSITIVE_INFINITY)
      this.at(Math.max(pending.deadline, this.now()), Rank.Timer, () => this.timeOut(pending));
  }

  /** Where the machine says so, one wait in eight on a condition ends without a signal. */
  private maybeWakeSpuriously({ pending }: Thread): void {
    if (!this.settings.spuriousWakeups || pending?.kind !== 'reacquire' || pending.outcome !== 'none') return;
    if (this.chance.below(8) > 0) return;
    this.at(this.now() + this.chance.below(LONGEST_SPURIOUS_WAIT), Rank.Timer, () =>
      this.timeOut(pending, 'spurious'),
    );
  }

  protected forget(thread: Thread): void {
    const now = Math.max(this.now(), thread.stateSince);
    if (thread.state === 'ready') this.policy.dequeue(thread);
    for (const core of this.cores) {
      if (core.thread !== thread || core === this.core) continue;
      core.thread = null;
      core.wanted = true;
      this.passInterpreter(thread, core);
    }
    if (thread.state === 'new') this.announce(thread, now);
    const { heldBack } = thread.process;
    if (heldBack.includes(thread)) heldBack.splice(heldBack.indexOf(thread), 1);
    thread.enter('ended', now);
    thread.process.races?.end(thread);
    thread.finished = now;
    this.policy.ended(thread);
    this.trace.write(
      now / TICKS,
      EventKind.Exit,
      thread.lastCore,
      thread.tid,
      -1,
      thread.process.exit === null ? 0 : 2,
    );
  }

  /** Processes that have not ended. */
  private get living(): number {
    return this.processes.length - this.endedProcesses;
  }

  protected ended(_process: Process): void {
    this.endedProcesses++;
  }

  /** One turn: the earliest of an event, a core with a thread, an idle core that something is ready for. */
  protected turn(): void {
    const core = this.earliestCore();
    if (core === null && this.living === 0) {
      this.end('exited');
      return;
    }
    const due = this.events.nextTime;
    if (core === null || due <= core.time) {
      if (due === Number.POSITIVE_INFINITY) {
        this.end('deadlock');
        return;
      }
      if (due > this.limits.time * TICKS) {
        this.stopClock();
        return;
      }
      this.fire(due);
      return;
    }
    if (core.thread === null) this.dispatch(core);
    else this.runSlice(core, core.thread, due);
  }

  protected stopClock(): void {
    this.clock = this.limits.time * TICKS;
    this.end('limit', 'time');
  }

  protected fire(due: number): void {
    this.clock = Math.max(due, this.clock);
    for (const core of this.cores) if (core.thread === null && !core.wanted) core.idleUntil(due);
    this.events.take()?.action();
  }

  /** Let the thread of a core run until its slice is over, something happens, or it stops by itself. */
  protected runSlice(core: Core<Thread>, thread: Thread, due: number): void {
    if (core.reschedule) {
      this.giveUp(core, thread, 'preempted');
      return;
    }
    this.library.kernel = this;
    this.core = core;
    this.running = thread;
    this.sliceLimit = Math.min(core.sliceEnd, due, this.limits.time * TICKS, this.aheadOfOthers(core));
    this.sliceExtra = this.sliceOverhead = this.sliceComputed = this.calls = this.refilled = 0;
    this.sliceFuel = this.fuel[0] = 0;
    const host = thread.process.instance.runtime.host as ProcessHost;
    host.beginSlice(core.id, core.mmu);
    thread.process.races?.enter(thread);
    if (this.burnCompute(core, thread) && !(this.sliceExtra > 0 && this.isAhead())) {
      this.refill();
      if (thread.arrivedBytes > 0) {
        this.copy(thread.arrivedBytes);
        thread.arrivedBytes = 0;
      }
      this.go(thread);
      this.logSlice(thread, host);
      thread.hasSignalledItself = false;
      this.interruptAsAsked(thread);
    }
    this.forkIfAsked(thread);
    this.account(core, thread);
    this.core = null;
    this.after(core, thread);
    this.checkLimits();
  }

  protected go(thread: Thread): void {
    const { deferred } = thread;
    // Another thread of the process may have been somewhere else meanwhile.
    thread.process.instance.runtime.site = thread.stack.site;
    this.endedEarly = null;
    if (deferred) {
      thread.deferred = null;
      if (!this.doDeferred(thread, deferred)) this.endedEarly = 'parked';
      else if (thread.interrupts.length > 0) this.endedEarly = 'done';
      if (this.endedEarly) return;
    }
    const outcome = this.resume(thread);
    if (outcome === 'suspended' || thread.state === 'ended') return;
    if (outcome === 'returned') this.endThread(thread, thread.stack.value);
    else this.uncaught(thread.process, thread.stack.value);
  }

  /** True where the operation is done and the thread goes on. */
  protected doDeferred(thread: Thread, operation: Operation): boolean {
    try {
      const result = this.executeOrPark(operation);
      if (result === SUSPENDED) return false;
      this.deliver(operation, result, false);
    } catch (error) {
      this.deliver(operation, error, true);
    }
    return thread.state !== 'ended';
  }

  /** Writes the slice into the log from which the process can be copied. */
  private logSlice(thread: Thread, host: ProcessHost): void {
    const { log } = thread.process;
    if (log === null) return;
    const spent = this.sliceFuel - (this.fuel[0] as number) + this.refilled;
    const work = spent - host.accessTicks - this.sliceOverhead - this.sliceComputed;
    log.addSlice({
      kind: 'slice',
      thread: thread.index,
      accesses: host.accesses,
      work,
      calls: this.calls,
      end: this.sliceEnd(thread),
    });
  }

  private sliceEnd(thread: Thread): SliceEnd {
    if (this.endedEarly) return this.endedEarly;
    if (thread.state === 'ended') return 'end';
    if (thread.deferred) return 'deferred';
    if (thread.hasSignalledItself) return 'call';
    if (thread.stack.pending) return 'access';
    return thread.pending || thread.compute > 0 || thread.yielding || this.hasForkRequest(thread)
      ? 'call'
      : 'work';
  }
}
