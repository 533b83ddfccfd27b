import { defineSuspendable, type Frame, SUSPENDED } from '../language/index.ts';
import { Rank } from '../machine/event-queue.ts';
import { type AddressSpace, PAGE_BYTES } from '../machine/memory/index.ts';
import { CostPart } from '../trace/trace.ts';
import { type Container, pidSeenBy, processSeenBy } from './container.ts';
import { Device } from './device.ts';
import { Dispatcher } from './dispatcher.ts';
import { SystemError } from './errors.ts';
import type { ForkLog } from './fork-log.ts';
import type { Readable } from './ipc/poll.ts';
import type { ProcessEntry, ProcessSettings } from './kernel.ts';
import { type KernelObject, Operation } from './operation.ts';
import type { ExitStatus, Process } from './process.ts';
import type { ProcessHost } from './process-host.ts';
import { Replay } from './replay.ts';
import { defaultAction, isUncatchable, type SignalAction } from './signals.ts';
import { memoryOf } from './snapshot.ts';
import type { Thread } from './thread.ts';

const MEBIBYTE = 2 ** 20;

/** A fork that has been asked for and waits for the end of the slice. */
interface ForkRequest {
  readonly body: (() => unknown) | null;
  readonly settings: ProcessSettings;
}

/** Processes: how they come into being, what they are told by signals, and what becomes of them when they end. */
export abstract class ProcessTable extends Dispatcher {
  private readonly forks = new Map<Thread, ForkRequest>();
  private readonly devices = new Map<string, Device>();
  private readonly names = new Map<string, KernelObject>();
  private readonly alarms = new Map<Process, { cancelled: boolean }>();

  // --- birth ------------------------------------------------------------------------------------------------------------

  /** Takes effect when the slice ends: then every thread of the process stands still. */
  override fork(body: (() => unknown) | null, settings: ProcessSettings): unknown {
    this.calls++;
    this.requireSuspendable('fork');
    this.forks.set(this.running, { body, settings });
    return SUSPENDED;
  }

  protected hasForkRequest(thread: Thread): boolean {
    return this.forks.has(thread);
  }

  /** The thread's slice has ended: if it asked for a fork, this is the moment. */
  protected forkIfAsked(thread: Thread): boolean {
    const request = this.forks.get(thread);
    if (!request) return false;
    this.forks.delete(thread);
    const child = this.makeChild(thread, request);
    const pid = pidSeenBy(thread.process, child);
    thread.process.log?.answer(thread, pid, false);
    thread.stack.answer(pid);
    return true;
  }

  private makeChild(thread: Thread, { body, settings }: ForkRequest): Process {
    const parent = thread.process;
    const child = this.addProcess(settings.name ?? `process ${this.processes.length + 1}`, parent);
    child.nice = settings.nice ?? parent.nice;
    child.log = (parent.log as ForkLog).forChild(thread, body !== null);
    for (const resource of parent.resources) {
      resource.inherit(parent, child);
      child.resources.add(resource);
    }
    this.join(child, settings.container ?? parent.container);
    const survivor = this.replay(child);
    survivor.tid = this.threads.push(survivor);
    child.threads.push(survivor);
    child.live = 1;
    child.runsBody = body !== null;
    child.space = this.copySpace(parent, child);
    child.mmapTop = parent.mmapTop;
    child.memoryLimit = settings.memoryLimit ?? parent.memoryLimit;
    this.spend('forkBase');
    this.makeReady(survivor);
    return child;
  }

  /** The child's address space: the parent's pages, shared until one of them writes. */
  private copySpace(parent: Process, child: Process): AddressSpace {
    const mebibytes = (parent.space.resident * PAGE_BYTES) / MEBIBYTE;
    this.overhead(Math.round(mebibytes * this.costs.forkPerMebibyte), CostPart.Kernel);
    for (const { mmu } of this.cores) mmu.forget(parent.space);
    return parent.space.fork(child.id);
  }

  private join(process: Process, container: Container | null): void {
    process.container = container;
    container?.members.push(process);
  }

  /** Runs the child's copy of the program up to the fork; its only thread. */
  private replay(child: Process): Thread {
    const host = child.instance.runtime.host as ProcessHost;
    const replay = new Replay(this, child);
    const fuel = this.fuel[0] as number;
    host.replay = replay;
    const survivor = replay.run();
    host.replay = null;
    this.fuel[0] = fuel;
    this.library.kernel = this;
    return survivor;
  }

  override pids(): { readonly own: number; readonly parent: number } {
    const { process } = this.running;
    return this.observe({ own: pidSeenBy(process, process), parent: pidSeenBy(process, process.parent) });
  }

  override childNumber(pid: number): number {
    return this.observe(processSeenBy(this.running.process, pid, this.processes)?.pid ?? pid);
  }

  override listProcesses(): readonly ProcessEntry[] {
    const viewer = this.running.process;
    const visible = this.processes.filter((it) => !it.isReaped && pidSeenBy(viewer, it) > 0);
    return this.observe(
      visible.map((it) => ({
        pid: pidSeenBy(viewer, it),
        parent: pidSeenBy(viewer, it.parent),
        name: it.name,
        state: it.state,
        memory: it.space.resident * PAGE_BYTES,
      })),
    );
  }

  override named<O extends KernelObject>(kind: string, name: string, make: () => O): O {
    const key = `${kind} ${name}`;
    let object = this.names.get(key) as O | undefined;
    if (!object) {
      object = make();
      this.names.set(key, object);
    }
    return this.observe(object);
  }

  override observe<T>(fact: T): T {
    this.running.process.log?.give(fact);
    return fact;
  }

  override share<T>(make: () => T): T {
    return this.observe(make());
  }

  // --- death ------------------------------------------------------------------------------------------------------------

  override exitProcess(process: Process, status: ExitStatus): void {
    if (process.exit !== null) return;
    super.exitProcess(process, status);
    const mebibytes = (process.space.resident * PAGE_BYTES) / MEBIBYTE;
    if (process.parent !== null) this.spend('exitWait');
    this.overhead(Math.round(mebibytes * this.costs.exitPerMebibyte), CostPart.Kernel);
    process.lastMemory = memoryOf(process, (frame) => this.frames.referencesTo(frame) > 1);
    process.space.clear();
    for (const resource of process.resources) {
      resource.drop(process);
      this.settle(resource);
    }
    const init = this.processes[0] as Process;
    for (const orphan of process.children) this.adopt(orphan, init);
    process.children.length = 0;
    this.mourn(process);
  }

  /** An orphan becomes a child of the first process, as of init; where that is gone, of nobody. */
  private adopt(orphan: Process, init: Process): void {
    orphan.parent = init.exit === null ? init : null;
    if (orphan.parent) orphan.parent.children.push(orphan);
    else orphan.isReaped ||= orphan.exit !== null;
  }

  /** The parent is told, and can collect the status; until then the process is a zombie. */
  private mourn(process: Process): void {
    const { parent } = process;
    if (parent === null || parent.exit !== null) {
      process.isReaped = true;
      return;
    }
    this.settle(parent);
    this.sendSignal(parent, 'SIGCHLD');
  }

  // --- signals ------------------------------------------------------------------------------------------------------------

  override setSignalAction(signal: string, action: SignalAction): SignalAction {
    defaultAction(signal);
    if (isUncatchable(signal))
      throw new SystemError('EINVAL', `signal: ${signal} cannot be caught, ignored or blocked`);
    const { process } = this.running;
    const before = process.actions.get(signal) ?? 'default';
    process.actions.set(signal, action);
    return before;
  }

  override kill(pid: number, signal: string, thread?: Thread): unknown {
    const { process } = this.running;
    const { log } = process;
    this.calls++;
    try {
      const target = thread ? process : processSeenBy(process, pid, this.processes);
      if (!target || target.isReaped) throw new SystemError('ESRCH', `kill: there is no process ${pid}`);
      const result = this.sendSignal(target, signal, thread);
      return log && result !== SUSPENDED ? log.give(result) : result;
    } catch (error) {
      log?.given.push({ value: error, isError: true });
      throw error;
    }
  }

  /** Delivers a signal. Returns SUSPENDED where it ends the caller itself. */
  private sendSignal(process: Process, signal: string, thread?: Thread): unknown {
    defaultAction(signal);
    if (process.exit !== null) return undefined;
    const action = isUncatchable(signal) ? 'default' : (process.actions.get(signal) ?? 'default');
    if (action === 'ignore') return undefined;
    if (typeof action === 'function') this.handle(process, signal, action, thread);
    else this.doDefault(process, signal);
    return this.isCallerStopped(process) ? SUSPENDED : undefined;
  }

  /** A fault of the process itself: its handler runs, if it has one, but it cannot go on. */
  protected raise(process: Process, signal: string): void {
    this.doDefault(process, signal);
  }

  /** The signal ended the caller, or its handler runs before the caller goes on. */
  private isCallerStopped(process: Process): boolean {
    if (!this.running || this.running.process !== process) return false;
    const isInterrupted = this.running.interrupts.length > 0 && process.instance.canSuspend;
    this.running.hasSignalledItself ||= isInterrupted;
    return process.exit !== null || isInterrupted;
  }

  private doDefault(process: Process, signal: string): void {
    const action = defaultAction(signal);
    if (action === 'terminate') this.exitProcess(process, { code: null, signal });
    else if (action === 'stop') this.stop(process);
    else if (action === 'continue') this.unstop(process);
  }

  private stop(process: Process): void {
    process.isStopped = true;
    for (const core of this.cores) if (core.thread?.process === process) core.reschedule = true;
  }

  private unstop(process: Process): void {
    process.isStopped = false;
    this.letGo(process);
  }

  /** Puts the handler on the stack of a thread that lets the signal through, else keeps the signal until one does. */
  private handle(process: Process, signal: string, handler: (name: string) => void, thread?: Thread): void {
    const candidates = thread ? [thread] : process.threads;
    const target = candidates.find((it) => it.state !== 'ended' && !it.blockedSignals.has(signal));
    if (!target) {
      process.pendingSignals.push(signal);
      return;
    }
    if (target === this.running && this.isInSlice) {
      target.interrupts.push(signal);
      this.stopSlice();
    } else this.interrupt(target, signal, handler);
  }

  /** The slice has ended: handlers of signals that came during it begin. */
  protected interruptAsAsked(thread: Thread): void {
    for (const signal of thread.interrupts.splice(0)) {
      const handler = thread.process.actions.get(signal);
      if (typeof handler === 'function' && thread.state !== 'ended') this.interrupt(thread, signal, handler);
    }
  }

  private interrupt(target: Thread, signal: string, handler: (name: string) => void): void {
    target.process.log?.add({ kind: 'interrupt', thread: target.index, signal });
    const interrupted = target.state === 'blocked' ? this.pull(target) : null;
    if (interrupted)
      target.stack.interrupt(this.handleAndRepeat(interrupted), [handler, signal] as never[], true);
    else target.stack.interrupt(handler as () => void, [signal]);
    if (interrupted) this.makeReady(target);
  }

  /** Takes a blocked thread out of the call it waits in. */
  private pull(thread: Thread): Operation | null {
    const { pending } = thread;
    pending?.queue?.remove(pending);
    thread.pending = null;
    return pending;
  }

  /** Runs the handler, then the interrupted call again (POSIX `SA_RESTART`); `pause` is over instead. */
  private handleAndRepeat(operation: Operation): () => unknown {
    const body = () => undefined;
    return defineSuspendable(body, (rt, _self, [handler, signal]) =>
      repeatAfter(this, rt.call(handler, undefined, signal), operation),
    );
  }

  override maskSignals(signals: readonly string[], isBlocked: boolean): unknown {
    const { running } = this;
    this.calls++;
    for (const signal of signals) {
      defaultAction(signal);
      if (isBlocked) running.blockedSignals.add(signal);
      else running.blockedSignals.delete(signal);
    }
    if (isBlocked) return undefined;
    const waiting = running.process.pendingSignals.splice(0);
    for (const signal of waiting) this.sendSignal(running.process, signal);
    return this.isCallerStopped(running.process) ? SUSPENDED : undefined;
  }

  override alarm(ticks: number): void {
    const { process } = this.running;
    const before = this.alarms.get(process);
    if (before) before.cancelled = true;
    if (ticks > 0)
      this.alarms.set(
        process,
        this.at(this.now() + ticks, Rank.Timer, () => this.sendSignal(process, 'SIGALRM')),
      );
  }

  // --- devices and the event loop -------------------------------------------------------------------------------------------

  private device(name: string): Device {
    let device = this.devices.get(name);
    if (!device) {
      device = this.addObject(new Device(this.newId(), name));
      this.devices.set(name, device);
    }
    return device;
  }

  override io(ticks: number, name: string): unknown {
    const device = this.device(name);
    const operation = new Operation('io', device);
    operation.deadline = device.request(this.now(), ticks);
    return this.perform(operation);
  }

  override ioAsync(ticks: number, name: string, done: () => void): void {
    const { process } = this.running;
    const { loop } = process.instance.runtime;
    loop.hold();
    const callback =
      process.callbacks.push(() => {
        loop.release();
        done();
      }) - 1;
    this.at(this.device(name).request(this.now(), ticks), Rank.Device, () => this.post(process, callback));
  }

  override watchReadable(source: Readable, listener: () => void): () => void {
    const { process } = this.running;
    const { loop } = process.instance.runtime;
    const callback = process.callbacks.push(listener) - 1;
    const watcher = () => this.post(process, callback);
    loop.hold();
    source.watchers.add(watcher);
    if (source.isReadable) watcher();
    return () => {
      if (source.watchers.delete(watcher)) loop.release();
    };
  }

  /** Hands a registered callback to the event loop of a process. */
  private post(process: Process, callback: number): void {
    if (process.exit !== null) return;
    process.log?.add({ kind: 'post', callback });
    process.instance.runtime.loop.post(process.callbacks[callback], []);
    this.wakeLoop(process);
  }

  /** The event loop of a process has something to do: the thread that waits for that goes on. */
  wakeLoop(process: Process): void {
    for (const { pending } of process.threads) {
      if (pending?.kind !== 'idle') continue;
      pending.outcome = 'signalled';
      this.wake(pending);
    }
  }

  /** A pipe nobody reads: SIGPIPE, or an error where the process ignores that. */
  protected brokenPipe(operation: Operation): unknown {
    const { process } = operation.thread;
    const action = process.actions.get('SIGPIPE') ?? 'default';
    if (action === 'default') {
      this.exitProcess(process, { code: null, signal: 'SIGPIPE' });
      return SUSPENDED;
    }
    if (typeof action === 'function') this.sendSignal(process, 'SIGPIPE');
    throw new SystemError('EPIPE', `write: nobody has the reading end of ${operation.object.name} open`);
  }
}

/** What goes on after a handler: the call that it interrupted. */
function* repeatAfter(table: ProcessTable, handled: unknown, operation: Operation): Frame {
  if (handled === SUSPENDED) yield;
  if (operation.kind === 'pause') return undefined;
  const again = new Operation(operation.kind, operation.object, operation.argument, operation.also);
  again.deadline = operation.deadline;
  again.outcome = operation.outcome;
  const result = table.perform(again);
  return result === SUSPENDED ? yield : result;
}
