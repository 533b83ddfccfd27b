import { SUSPENDED } from '../language/index.ts';
import { Rank } from '../machine/event-queue.ts';
import { initOf, processSeenBy } from './container.ts';
import { SystemError } from './errors.ts';
import { type Fault, handlerThenAccess } from './fault.ts';
import type { Operation } from './operation.ts';
import type { Process } from './process.ts';
import { handlerThenCall } from './restart.ts';
import { defaultAction, isUncatchable, type SignalAction, type SignalHandler } from './signals.ts';
import { Surroundings } from './surroundings.ts';
import type { Thread } from './thread.ts';

/** How signals are sent, held back and delivered: to a handler on a thread's stack, or by the default action. */
export abstract class SignalDelivery extends Surroundings {
  private readonly alarms = new Map<Process, { cancelled: boolean }>();

  override setSignalAction(signal: string, action: SignalAction): SignalAction {
    defaultAction(signal);
    if (isUncatchable(signal))
      throw new SystemError('EINVAL', `signal: ${signal} cannot be caught, ignored or blocked`);
    this.systemCall();
    const { process } = this.running;
    const before = process.actions.get(signal) ?? 'default';
    process.actions.set(signal, action);
    return before;
  }

  override kill(pid: number, signal: string, thread?: Thread): unknown {
    const { process } = this.running;
    const { log } = process;
    this.calls++;
    this.systemCall();
    try {
      const target = thread ? process : processSeenBy(process, pid, this.processes);
      if (thread?.state === 'ended') throw new SystemError('ESRCH', `kill: ${thread.name} has ended`);
      if (!target || target.isReaped) throw new SystemError('ESRCH', `kill: there is no process ${pid}`);
      const result = this.sendSignal(target, signal, thread);
      return log && result !== SUSPENDED ? log.give(result) : result;
    } catch (error) {
      log?.given.push({ value: error, isError: true });
      throw error;
    }
  }

  /** Delivers a signal, or keeps it while every thread that might take it holds it back. Returns SUSPENDED where it ends the caller itself. */
  protected sendSignal(process: Process, signal: string, thread?: Thread): unknown {
    const byDefault = defaultAction(signal);
    if (process.exit !== null) return undefined;
    if (byDefault === 'continue') this.unstop(process);
    const action = isUncatchable(signal) ? 'default' : (process.actions.get(signal) ?? 'default');
    if (action === 'ignore' || (action === 'default' && byDefault === 'ignore')) return undefined;
    if (action === 'default' && this.isProtected(process, signal)) return undefined;
    const candidates = thread ? [thread] : process.threads;
    const taker = candidates.find((it) => it.state !== 'ended' && !it.blockedSignals.has(signal));
    if (!taker && !isUncatchable(signal)) keep(thread ?? process, signal);
    else if (taker && typeof action === 'function') this.handle(taker, signal, action);
    else this.doDefault(process, signal);
    return this.isCallerStopped(process) ? SUSPENDED : undefined;
  }

  /**
   * The running thread made a fault. Its handler runs on its own stack, where there is one that may run now; else the default action ends the process. A
   * signal that the thread holds back or ignores ends it too, as does a fault in a handler of faults: nothing sensible can go on.
   */
  protected raise(process: Process, fault: Fault): void {
    const { running } = this;
    const { signal } = fault;
    const handler = process.actions.get(signal);
    const isOwn = this.isInSlice && running.process === process && process.instance.canSuspend;
    if (typeof handler !== 'function' || !isOwn || running.blockedSignals.has(signal) || running.fault) {
      this.doDefault(process, signal);
      return;
    }
    process.error = undefined;
    running.fault = fault;
    running.interrupts.push(signal);
    running.hasSignalledItself = true;
    this.stopSlice();
  }

  /** The handler of a fault has returned: the access is done again. Where it fails again, or cannot be done again, the process ends. */
  retryAfterFault(fault: Fault): unknown {
    const { running } = this;
    if (fault.kind === 'abort') {
      this.calls++;
      this.doDefault(running.process, fault.signal);
      return SUSPENDED;
    }
    const result = fault.kind === 'load' ? this.peek(fault.address) : this.poke(fault.address, fault.value);
    running.fault = null;
    return result;
  }

  /** The signal ended the caller, or its handler runs before the caller goes on. */
  private isCallerStopped(process: Process): boolean {
    if (!this.running || this.running.process !== process) return false;
    const isInterrupted = this.running.interrupts.length > 0 && process.instance.canSuspend;
    this.running.hasSignalledItself ||= isInterrupted;
    return process.exit !== null || isInterrupted;
  }

  /** Process 1 of a container gets no signal that it has no handler for; only SIGKILL and SIGSTOP from outside pass. */
  private isProtected(process: Process, signal: string): boolean {
    if (initOf(process) !== process) return false;
    return !isUncatchable(signal) || this.running?.process.container === process.container;
  }

  private doDefault(process: Process, signal: string): void {
    const action = defaultAction(signal);
    if (action === 'terminate') this.exitProcess(process, { code: null, signal });
    else if (action === 'stop') this.stop(process);
  }

  private stop(process: Process): void {
    process.isStopped = true;
    for (const core of this.cores) if (core.thread?.process === process) core.reschedule = true;
  }

  private unstop(process: Process): void {
    process.isStopped = false;
    this.letGo(process);
  }

  /** Puts the handler on the stack of a thread that lets the signal through. A thread at work comes to the end of its slice first, and one whose call is put off does that. */
  private handle(taker: Thread, signal: string, handler: SignalHandler): void {
    const isInSlice = taker === this.running && this.isInSlice;
    if (isInSlice || taker.deferred !== null) {
      if (!taker.interrupts.includes(signal)) taker.interrupts.push(signal);
      if (isInSlice) this.stopSlice();
    } else this.interrupt(taker, signal, handler);
  }

  /** The slice has ended: handlers of signals that came during it begin, if no call is put off that goes before. */
  protected interruptAsAsked(thread: Thread): void {
    if (thread.deferred !== null) return;
    if (thread.failure !== null) {
      thread.process.log?.answer(thread, thread.failure, true);
      thread.stack.fail(thread.failure);
      thread.failure = null;
    }
    if (thread.interrupts.length === 0) return;
    for (const signal of thread.interrupts.splice(0)) {
      const handler = thread.process.actions.get(signal);
      if (typeof handler !== 'function' || thread.state === 'ended') continue;
      if (thread.fault?.signal === signal) this.interruptFaulted(thread, thread.fault, handler);
      else if (thread.blockedSignals.has(signal)) keep(thread, signal);
      else this.interrupt(thread, signal, handler);
    }
  }

  private interruptFaulted(thread: Thread, fault: Fault, handler: SignalHandler): void {
    const { signal } = fault;
    thread.process.log?.add({
      kind: 'interrupt',
      thread: thread.index,
      signal,
      repeats: false,
      compute: 0,
      fault,
    });
    thread.stack.interrupt(handlerThenAccess(this, fault), [handler] as never[], true);
  }

  private interrupt(target: Thread, signal: string, handler: SignalHandler): void {
    const call = target.state === 'blocked' ? this.pull(target) : null;
    const repeats = call !== null;
    const { compute } = target;
    target.compute = 0;
    target.process.log?.add({ kind: 'interrupt', thread: target.index, signal, repeats, compute });
    target.blockedSignals.add(signal);
    target.stack.interrupt(handlerThenCall(this, { call, compute }), [handler, signal], repeats);
    if (repeats) this.makeReady(target);
  }

  override maskSignals(signals: readonly string[], isBlocked: boolean): unknown {
    this.systemCall();
    return this.mask(signals, isBlocked);
  }

  /** The handler has returned, and its signal may come again. The way back into the program is part of what a signal costs. */
  handlerEnded(signal: string): unknown {
    return this.mask([signal], false);
  }

  private mask(signals: readonly string[], isBlocked: boolean): unknown {
    const { running } = this;
    this.calls++;
    for (const signal of signals) {
      defaultAction(signal);
      running.mask(signal, isBlocked);
    }
    if (isBlocked) return undefined;
    for (const signal of running.pendingSignals.splice(0)) this.sendSignal(running.process, signal, running);
    for (const signal of running.process.pendingSignals.splice(0)) this.sendSignal(running.process, signal);
    return this.isCallerStopped(running.process) ? SUSPENDED : undefined;
  }

  override alarm(ticks: number): void {
    this.systemCall();
    const { process } = this.running;
    const before = this.alarms.get(process);
    if (before) before.cancelled = true;
    if (ticks > 0)
      this.alarms.set(
        process,
        this.at(this.now() + ticks, Rank.Timer, () => this.sendSignal(process, 'SIGALRM')),
      );
  }

  /**
   * A pipe nobody reads: SIGPIPE for the thread that writes, and an error where that does not end the process. Its handler runs before the write throws.
   */
  protected brokenPipe({ thread, object }: Operation): unknown {
    const { process, blockedSignals } = thread;
    const action = process.actions.get('SIGPIPE') ?? 'default';
    const isHeldBack = blockedSignals.has('SIGPIPE');
    if (action === 'default' && !isHeldBack) {
      this.exitProcess(process, { code: null, signal: 'SIGPIPE' });
      return SUSPENDED;
    }
    const error = new SystemError('EPIPE', `write: nobody has the reading end of ${object.name} open`);
    if (action === 'ignore') throw error;
    const writes = this.isInSlice && this.running === thread;
    if (writes || isHeldBack) this.sendSignal(process, 'SIGPIPE', thread);
    if (isHeldBack || (writes && !process.instance.canSuspend)) throw error;
    thread.failure = error;
    if (writes) return SUSPENDED;
    throw error;
  }

  /** A write that had waited has failed, and the thread has not gone on yet. */
  protected signalBrokenPipe(thread: Thread): void {
    thread.failure = thread.pending = null;
    this.sendSignal(thread.process, 'SIGPIPE', thread);
  }
}

/** A signal waits for somebody to let it through; a second one of the same kind is lost, as POSIX has it. */
function keep({ pendingSignals }: Process | Thread, signal: string): void {
  if (!pendingSignals.includes(signal)) pendingSignals.push(signal);
}
