import { SystemError } from '../kernel/errors.ts';
import { opened } from '../kernel/ipc/message.ts';
import { type KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import { positionOf } from '../kernel/summary.ts';
import type { Thread } from '../kernel/thread.ts';
import { Actor } from './actor.ts';
import { Few } from './few.ts';
import { Access, NONE } from './model.ts';
import { OperationKernel } from './operation-kernel.ts';
import type { ProcessRecord } from './process-record.ts';
import { ProgramOperation } from './program-operation.ts';
import type { Failure } from './subject.ts';
import { kindOf, messageOf } from './uncaught.ts';

/** Work between two visible operations after which a thread counts as looping for ever, in ticks. */
const LOCAL_FUEL = 1 << 26;
/** Stops in a row that nobody could notice (it gives way, say) after which it does too. */
const MOST_SILENT_STOPS = 20_000;
/** Threads each thread can make, as far as their names go. */
const CHILDREN_A_THREAD = 2 ** 12;

/** Waits of each thread that may end without a signal in one execution: with more a loop around a wait would never end. */
const MOST_SPURIOUS_WAKEUPS = 1;

const NOWHERE: { readonly line: number; readonly column: number } = { line: 0, column: 0 };

/**
 * Threads that do nothing by themselves: each runs up to its next visible operation and stays there until it is told to do it. Spawning,
 * joining and leaving a barrier are no scheduling points, for nothing depends on when they happen, only on what came before.
 */
export abstract class ThreadKernel extends OperationKernel {
  failure: Failure | null = null;
  /** Where its error was thrown. */
  failurePosition = NOWHERE;
  /** Lines printed before it. */
  outputAtFailure: string[] | null = null;
  /** The process has called `exit`: nothing else runs. */
  hasExited = false;
  /** The thread whose code runs; null in the step of an agent. */
  protected acting: Actor | null = null;
  private readonly fresh: Actor[] = [];

  /** Number of the process whose thread runs now. */
  get runningProcess(): number {
    return this.actor?.process ?? 0;
  }

  /** Do the pending operation of an actor, and everything up to the next ones. */
  advance(actor: Actor, step: number): void {
    this.step = step;
    this.touched = null;
    actor.last = step;
    actor.causes = NONE;
    const { kernelOperation } = actor;
    const { operation } = actor;
    actor.operation = actor.kernelOperation = null;
    if (operation?.access === Access.Write) actor.spin.disturb();
    else if (operation) actor.spin.reads(operation.object);
    this.select(actor);
    this.seen = null;
    this.access = kernelOperation === null ? operation : null;
    this.mayWatch = this.access !== null;
    const { life } = actor.record;
    if (this.names.habits.isDisturbed(life)) this.noteTouched(life, false);
    if (actor.record.isFed && actor === actor.record.actors[0])
      this.noteTouched(this.numberOfObject(actor.record.loop), false);
    if (kernelOperation === null && operation !== null) this.noteContents(operation, actor);
    if (kernelOperation === null || this.carryOut(actor, kernelOperation)) this.run(actor);
    this.settleAll();
  }

  protected select(actor: Actor): void {
    this.actor = this.acting = actor;
    this.running = actor.thread;
  }

  /** Does the operation an actor stood before. True where the thread's code goes on. */
  protected carryOut(actor: Actor, operation: KernelOperation): boolean {
    const { stack, index } = actor.thread;
    const { history } = actor.record;
    const isShared = operation.object.isShared === true;
    try {
      const result = this.execute(operation);
      if (!isShared) history?.add({ kind: 'do', thread: index });
      if (operation.kind === 'signal' || operation.kind === 'broadcast') this.noteSignalled();
      if (result instanceof KernelOperation) {
        this.holdSecondHalf(actor, result, operation);
        return false;
      }
      if (actor.thread.state === 'ended') {
        this.endNow(actor);
        return false;
      }
      if (isShared) history?.add({ kind: 'answer', thread: index, value: result, isError: false });
      stack.answer(opened(result));
    } catch (error) {
      history?.add(
        isShared
          ? { kind: 'answer', thread: index, value: error, isError: true }
          : { kind: 'do', thread: index },
      );
      stack.fail(error);
    }
    return true;
  }

  private holdSecondHalf(actor: Actor, second: KernelOperation, { site }: KernelOperation): void {
    second.thread = actor.thread;
    second.site = site;
    this.hold(actor, second);
    this.stand(actor, site);
    if (second.kind !== 'reacquire') return;
    const condition = this.numberOfObject(second.argument as KernelObject);
    const mayWake = this.names.wakesSpuriously && actor.spuriousWakeups < MOST_SPURIOUS_WAKEUPS;
    if (second.deadline < Number.POSITIVE_INFINITY || mayWake) this.startTimer(actor, second, condition);
  }

  /** Run a thread's code up to its next visible operation. */
  protected run(actor: Actor): void {
    const { thread } = actor;
    this.select(actor);
    for (let stops = 0; ; stops++) {
      this.fuel[0] = LOCAL_FUEL;
      this.accesses = this.calls = 0;
      const outcome = this.resume(thread);
      this.logRun(actor);
      if (outcome === 'suspended' && this.goesOn(actor)) {
        if (stops < MOST_SILENT_STOPS) continue;
        this.lock(actor);
      }
      if (outcome === 'returned') this.end(actor, thread.stack.value);
      else if (outcome === 'threw') this.fail(thread.stack.value);
      return;
    }
  }

  private logRun({ thread, record, process, kernelOperation }: Actor): void {
    if (record.history === null) return;
    const isCall = kernelOperation !== null || this.isCalling(thread);
    const end = thread.stack.pending ? 'access' : isCall ? 'call' : 'other';
    const { accesses, calls } = this;
    record.history.add({ kind: 'run', thread: thread.index, arena: process, accesses, calls, end });
  }

  /** Did the thread stop in a call that is dealt with before it goes on? */
  protected abstract isCalling(thread: Thread): boolean;
  /** Deals with such a call. True where there was one. */
  protected abstract finishCall(actor: Actor): boolean;

  /** A thread's code stopped: true where there is no reason why it should. */
  private goesOn(actor: Actor): boolean {
    const { thread } = actor;
    const { pending } = thread.stack;
    if (actor.isOver || thread.state === 'ended' || this.hasExited) this.endNow(actor);
    else if (this.finishCall(actor)) return !actor.isOver;
    else if (pending) {
      const address = pending.address + actor.record.offset;
      actor.operation = this.accessTo(address, pending.site);
      this.arrive(actor, pending.site);
    } else if (actor.kernelOperation !== null) this.stand(actor, thread.stack.site);
    else {
      if (thread.yielding || (this.fuel[0] as number) >= 0) {
        thread.yielding = false;
        return true;
      }
      this.lock(actor);
    }
    return false;
  }

  private accessTo(address: number, site: number): ProgramOperation {
    const { accesses, objects, stores } = this.names;
    const object = objects.of(address);
    const known = accesses[site]?.get(object);
    if (known !== undefined) return known;
    const operation = ProgramOperation.onMemory(object, stores[site] === 1, site);
    const ofSite = accesses[site] ?? new Few<ProgramOperation>();
    accesses[site] = ofSite;
    ofSite.add(object, operation);
    return operation;
  }

  /** The thread's code does not come back. The others go on: one of them may still end the process. */
  private lock(actor: Actor): void {
    actor.isLocked = true;
  }

  /** What is wrong with a thread that runs on and on by itself. */
  lockedMessage({ thread }: Actor): string {
    const { line = 0 } = this.program.sites[thread.stack.site] ?? {};
    return `${thread.name} runs on and on in line ${line} without doing anything another thread could notice: a loop without an end, or one of millions of turns.`;
  }

  private end(actor: Actor, value: unknown): void {
    if (this.endsVisibly(actor, value)) return;
    this.endThread(actor.thread, value);
    this.endNow(actor);
  }

  /** Is the end of this thread an operation of its own? Then the actor stands before it. */
  protected abstract endsVisibly(actor: Actor, value: unknown): boolean;

  protected endNow(actor: Actor): void {
    if (actor.isOver) return;
    actor.isOver = true;
    actor.record.live--;
  }

  /** An error nobody caught in the running thread: the finding of this execution, if it is the first. */
  fail(error: unknown): void {
    const { process, name } = this.running;
    const kind = kindOf(error);
    const isFirst = process.pid === 1;
    const isUnmodelled = error instanceof SystemError && error.code === 'ENOSYS';
    if (isFirst || kind === 'assertion' || isUnmodelled) {
      const message = messageOf(error);
      const whose = isFirst ? name : `${process.name}, process ${process.pid}`;
      this.failurePosition = positionOf(process.instance, error);
      this.note(kind, kind === 'assertion' ? message : `${message} (nobody caught it in ${whose})`);
    }
    // In the first process the others go on, so that the search stays exact; in any other the process is over.
    if (!isFirst) this.uncaught(process, error);
    this.endNow(this.actor);
  }

  protected note(kind: Failure['kind'], message: string): void {
    this.failure ??= { kind, message, step: this.step };
    this.outputAtFailure ??= this.output.slice();
  }

  /** Give new threads their first run, and do what has become possible of what waits. */
  protected settleAll(): void {
    for (;;) {
      const fresh = this.fresh.shift();
      if (fresh) {
        if (!fresh.isOver) this.run(fresh);
      } else if (!this.releaseOne()) break;
    }
  }

  private releaseOne(): boolean {
    for (const actor of this.waiting) {
      const operation = actor.kernelOperation;
      if (!operation?.enabled() || !this.isVisible(operation)) continue;
      this.stopWaiting(actor);
      this.noteCausesOf(actor, operation);
      actor.kernelOperation = null;
      this.select(actor);
      if (this.carryOut(actor, operation)) this.run(actor);
      return true;
    }
    return false;
  }

  refuel(): boolean {
    this.fuel[0] = LOCAL_FUEL;
    return true;
  }

  protected override started(thread: Thread): void {
    const { record, joined } = this.actor;
    record.history?.given.push({ value: thread.tid, isError: false });
    const actor = this.enter(thread, record);
    for (const earlier of joined) actor.joined.add(earlier);
  }

  /** A thread comes into being: of this process, made by the one that runs. */
  protected enter(thread: Thread, record: ProcessRecord, process = this.nextProcess()): Actor {
    this.drain();
    const creator = this.actor as Actor | undefined;
    const actor = new Actor(thread, process, record);
    actor.clock = creator?.clock ?? 0;
    actor.creator = creator?.process ?? -1;
    actor.rank = this.made++;
    this.actors[actor.process] = actor;
    this.noteCause(actor, creator ? this.step : -1);
    thread.state = 'ready';
    record.actors.push(actor);
    record.live++;
    record.created++;
    this.fresh.push(actor);
    if (!creator) this.select(actor);
    return actor;
  }

  /** Number of the next thread that the running one makes. */
  protected nextProcess(): number {
    const creator = this.actor as Actor | undefined;
    return this.names.processes.of(
      creator ? (creator.process + 1) * CHILDREN_A_THREAD + ++creator.children : 0,
    );
  }

  protected makeReady(): void {}
  protected makeBlocked(): void {}

  protected forget(thread: Thread): void {
    thread.state = 'ended';
    thread.pending = null;
  }
}
