import { initOf } from '../kernel/container.ts';
import { SystemError } from '../kernel/errors.ts';
import { Operation as KernelOperation } from '../kernel/operation.ts';
import type { Process } from '../kernel/process.ts';
import { defaultAction, isUncatchable, type SignalAction } from '../kernel/signals.ts';
import type { Thread } from '../kernel/thread.ts';
import { type Access, SUSPENDED } from '../language/index.ts';
import type { Actor } from './actor.ts';
import { ContentCall } from './contents.ts';
import { Delivery } from './delivery.ts';
import { interruptStack } from './interruption.ts';
import { ProcessKernel } from './process-kernel.ts';

/** Names of signals on their way begin here, below those of timers. */
const DELIVERIES = 2 ** 26;
/** Signals each thread can send, as far as their names go. */
const SIGNALS_A_THREAD = 2 ** 12;

/**
 * Signals in the explorer. Sending one is no scheduling point; its arrival is a step of its own, which may come at any moment after. Whatever a process does depends on the
 * arrival of a signal that ends or interrupts it. A signal a process sends itself arrives before the call returns.
 */
export abstract class SignalKernel extends ProcessKernel {
  private readonly alarms = new Map<Process, Delivery>();

  override setSignalAction(signal: string, action: SignalAction): SignalAction {
    const { process, life } = this.actor.record;
    if (this.names.habits.isDisturbed(life)) this.noteTouched(life, true);
    return this.setActionOf(process, signal, action);
  }

  protected setActionOf(process: Process, signal: string, action: SignalAction): SignalAction {
    defaultAction(signal);
    if (isUncatchable(signal))
      throw new SystemError('EINVAL', `signal: ${signal} cannot be caught, ignored or blocked`);
    const before = process.actions.get(signal) ?? 'default';
    process.actions.set(signal, action);
    return before;
  }

  override kill(pid: number, signal: string, thread?: Thread): unknown {
    const { history, process } = this.actor.record;
    this.calls++;
    try {
      const target = thread ? process : this.processKnownAs(pid);
      if (!target || target.isReaped) throw new SystemError('ESRCH', `kill: there is no process ${pid}`);
      this.refuseStop(signal);
      if (thread ? thread === this.running : target === process) {
        this.receive(process, signal, thread);
        if (this.mustStop()) return SUSPENDED;
      } else this.send(target, signal, thread);
      return this.observe(undefined);
    } catch (error) {
      history?.given.push({ value: error, isError: true });
      throw error;
    }
  }

  private processKnownAs(pid: number): Process | undefined {
    const { container } = this.running.process;
    if (container?.privatePids) return container.members[pid - 1];
    return this.processes.find((process) => process.pid === pid);
  }

  /** A process that is stopped and goes on later is not followed. */
  private refuseStop(signal: string): void {
    defaultAction(signal);
    if (signal === 'SIGSTOP' || signal === 'SIGCONT')
      throw new SystemError(
        'ENOSYS',
        `kill: ${signal} is not modelled in the explorer, which follows no process that is stopped; run the program instead`,
      );
  }

  /** The signal ended the caller, or its handler runs before the caller goes on. */
  private mustStop(): boolean {
    return this.running.state === 'ended' || this.running.interrupts.length > 0;
  }

  /** A signal sets out. */
  protected send(target: Process, signal: string, thread: Thread | null = null): Delivery {
    const record = this.record(target);
    const sender = this.actor;
    const process = this.names.processes.of(
      -DELIVERIES - sender.process * SIGNALS_A_THREAD - ++sender.agents,
    );
    const owner = (thread ? this.actorOf(thread) : (record.actors[0] as Actor)).process;
    const delivery = new Delivery({
      process,
      owner,
      target,
      signal,
      thread,
      step: this.step,
      object: record.life,
      sender: sender.record.process,
    });
    this.agents[process] = delivery;
    this.names.habits.disturb(record.life, typeof actionOf(target, signal) === 'function');
    return delivery;
  }

  /** A signal arrives. */
  bring(delivery: Delivery, step: number): void {
    this.step = step;
    this.touched = this.seen = null;
    const { target, signal, thread, sender } = delivery;
    this.select(this.record(target).actors[0] as Actor);
    this.acting = null;
    if (delivery.arrive() && target.exit === null) this.receive(target, signal, thread, sender);
    this.settleAll();
  }

  /** The process does what it does about a signal. */
  private receive(
    process: Process,
    signal: string,
    thread: Thread | null = null,
    sender: Process = process,
  ): void {
    const action = actionOf(process, signal);
    if (typeof action !== 'function' && this.isProtected(process, signal, sender)) return;
    if (typeof action === 'function') this.handle(process, signal, thread);
    else if (action === 'default' && defaultAction(signal) === 'terminate')
      this.exitProcess(process, { code: null, signal });
  }

  /** Process 1 of a container gets no signal that it has no handler for; only SIGKILL from outside passes. */
  private isProtected(process: Process, signal: string, sender: Process): boolean {
    return initOf(process) === process && (!isUncatchable(signal) || sender.container === process.container);
  }

  /** The handler runs in a thread that lets the signal through; else the signal is kept until one does. */
  private handle(process: Process, signal: string, thread: Thread | null): void {
    const record = this.record(process);
    this.names.habits.disturb(record.life, true);
    const able = (thread ? [this.actorOf(thread)] : record.actors).find(
      (actor) => !actor.isOver && !actor.thread.blockedSignals.has(signal),
    );
    if (!able) process.pendingSignals.push(signal);
    else if (able === this.acting) able.thread.interrupts.push(signal);
    else this.interrupt(able, signal);
  }

  /** Puts the handler on the stack of a thread that stands somewhere, and runs it up to its first step. */
  private interrupt(actor: Actor, signal: string): void {
    const { kernelOperation } = actor;
    this.stopWaiting(actor);
    actor.operation = actor.kernelOperation = null;
    actor.spin.interrupt();
    this.putHandler(actor, signal, kernelOperation);
    this.noteCause(actor, this.step);
    this.run(actor);
    this.acting = null;
  }

  private putHandler(actor: Actor, signal: string, pending: KernelOperation | null): void {
    const { thread, record } = actor;
    const handler = record.process.actions.get(signal);
    if (typeof handler !== 'function') return;
    record.history?.add({ kind: 'interrupt', thread: thread.index, signal });
    thread.pending = null;
    interruptStack(thread.stack, handler, signal, {
      pending,
      repeat: (operation) => this.perform(operation),
      standAgain: (access) => this.standAgain(actor, access),
    });
  }

  /** The access that an interrupted thread was about to make is a step of its own after the handler. */
  private standAgain(actor: Actor, { address, site }: Access): unknown {
    const id = this.unnamedId();
    this.numberOf[id] = this.names.objects.of(address + actor.record.offset);
    const access = new ContentCall(id, '', () => undefined);
    return this.perform(new KernelOperation(this.names.stores[site] === 1 ? 'store' : 'load', access));
  }

  override maskSignals(signals: readonly string[], isBlocked: boolean): unknown {
    const { running } = this;
    this.calls++;
    for (const signal of signals) {
      defaultAction(signal);
      running.mask(signal, isBlocked);
    }
    const { life, process } = this.actor.record;
    if (this.names.habits.isDisturbed(life)) this.noteTouched(life, true);
    if (!isBlocked) for (const signal of process.pendingSignals.splice(0)) this.receive(process, signal);
    return this.mustStop() ? SUSPENDED : undefined;
  }

  protected isCalling(thread: Thread): boolean {
    return thread.interrupts.length > 0;
  }

  protected finishCall(actor: Actor): boolean {
    const { thread, kernelOperation } = actor;
    if (kernelOperation?.kind === 'fork' && this.isSilent(kernelOperation)) {
      actor.kernelOperation = null;
      return this.carryOut(actor, kernelOperation);
    }
    if (thread.interrupts.length === 0 || kernelOperation !== null) return false;
    for (const signal of thread.interrupts.splice(0)) this.putHandler(actor, signal, null);
    return true;
  }

  /** The time comes at some moment, as the arrival of a signal. */
  override alarm(ticks: number): void {
    const { process } = this.running;
    this.alarms.get(process)?.cancel();
    if (ticks > 0) this.alarms.set(process, this.send(process, 'SIGALRM'));
    const { life } = this.record(process);
    this.noteTouched(life, true);
  }

  protected mourn(process: Process): void {
    const { parent } = process;
    if (parent === null || parent.exit !== null) process.isReaped = true;
    else if (typeof actionOf(parent, 'SIGCHLD') === 'function') this.send(parent, 'SIGCHLD');
  }

  /** A pipe that nobody reads: SIGPIPE ends the writer, or the write fails where that is ignored. */
  protected brokenPipe(operation: KernelOperation): unknown {
    const { process } = operation.thread;
    const action = actionOf(process, 'SIGPIPE');
    if (action === 'default') {
      this.exitProcess(process, { code: null, signal: 'SIGPIPE' });
      return SUSPENDED;
    }
    if (typeof action === 'function') this.receive(process, 'SIGPIPE');
    throw new SystemError('EPIPE', `write: nobody has the reading end of ${operation.object.name} open`);
  }
}

function actionOf(process: Process, signal: string): SignalAction {
  return isUncatchable(signal) ? 'default' : (process.actions.get(signal) ?? 'default');
}
