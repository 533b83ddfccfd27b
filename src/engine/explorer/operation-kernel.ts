import { opened } from '../kernel/ipc/message.ts';
import type { KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import type { Thread } from '../kernel/thread.ts';
import { SUSPENDED } from '../language/index.ts';
import type { Actor } from './actor.ts';
import { ClockKernel } from './clock-kernel.ts';
import { Access, NONE } from './model.ts';
import { objectName, Side, sideName } from './names.ts';
import { SILENT, WAITING } from './parking.ts';
import { ProgramOperation } from './program-operation.ts';
import type { StoreBuffer } from './store-buffer.ts';
import { Timer } from './timer.ts';

/** Names of timers begin here, below those of store buffers. */
const TIMERS = 2 ** 24;

/**
 * Operations as the explorer's kernel takes them: a thread that asks for one is held in front of it until it is told to do it, unless nothing depends on when. What made
 * an operation possible is noted, and every object has a name that does not depend on the schedule.
 */
export abstract class OperationKernel extends ClockKernel {
  /** Threads in an operation that is done as soon as it can be: joins, second halves. */
  protected waiting: Actor[] = [];

  perform(operation: KernelOperation): unknown {
    operation.thread = this.running;
    this.calls++;
    const isSilent = this.isSilent(operation);
    if (!this.running.process.instance.canSuspend || (isSilent && this.isPossible(operation)))
      return this.performNow(operation, isSilent);
    this.hold(this.actor, operation);
    return SUSPENDED;
  }

  /** Is it no scheduling point? */
  protected isSilent({ kind }: KernelOperation): boolean {
    return SILENT.has(kind);
  }

  private isPossible(operation: KernelOperation): boolean {
    return operation.kind === 'sleep' || (operation.enabled() && this.isVisible(operation));
  }

  /** Within the step under way: a silent operation, or one in code that cannot be suspended. */
  private performNow(operation: KernelOperation, isSilent: boolean): unknown {
    if (operation.kind === 'sleep') return this.elapse(operation.deadline - this.now());
    if (!operation.enabled()) return this.executeOrPark(operation);
    if (!isSilent) this.noteTouchedBy(operation);
    else if (operation.kind === 'join' || operation.kind === 'waitpid')
      this.noteCausesOf(this.actor, operation);
    const { history } = this.actor.record;
    if (history === null || !operation.object.isShared) return opened(this.executeOrPark(operation));
    try {
      return opened(this.observe(this.executeOrPark(operation)));
    } catch (error) {
      history.given.push({ value: error, isError: true });
      throw error;
    }
  }

  /** An operation done within another step touches its object in it. */
  protected noteTouchedBy({ kind, object }: KernelOperation): void {
    this.noteTouched(this.numberOfObject(object), kind !== 'atomicLoad');
  }

  protected hold(actor: Actor, operation: KernelOperation): void {
    actor.kernelOperation = operation;
    actor.thread.pending = operation;
    if (this.isWaiting(operation)) this.waiting.push(actor);
  }

  protected stopWaiting(actor: Actor): void {
    if (this.waiting.includes(actor)) this.waiting = this.waiting.filter((other) => other !== actor);
  }

  /** Is it done as soon as it can be? */
  private isWaiting(operation: KernelOperation): boolean {
    return WAITING.has(operation.kind) && (this.isSilent(operation) || !SILENT.has(operation.kind));
  }

  /** The thread's code has stopped in front of an operation of the kernel. */
  protected stand(actor: Actor, site: number): void {
    const operation = actor.kernelOperation as KernelOperation;
    operation.site = site;
    if (this.isWaiting(operation)) return;
    this.arrive(actor, site);
    actor.operation = this.visible(operation, site);
  }

  /** The operation as the search sees it. */
  protected visible(operation: KernelOperation, site: number): ProgramOperation {
    const { object, also, kind } = operation;
    const second = kind === 'wait' && also ? this.numberOfObject(also) : -1;
    return ProgramOperation.onObject(operation, this.numberOfObject(object), second, site);
  }

  protected arrive(actor: Actor, site: number): void {
    for (const cause of actor.spin.arrive(site, this.names.loops)) this.noteCause(actor, cause);
  }

  /** An object has changed: whoever spins until it does may look again. */
  noteChange(object: number, step: number): void {
    for (const actor of this.actors) if (actor?.spin.notice(object, step)) this.noteCause(actor, step);
  }

  /** Has what a joined thread stored reached memory? */
  protected isVisible({ kind, object }: KernelOperation): boolean {
    return kind !== 'join' || (this.actorOf(object as Thread).buffer?.isEmpty ?? true);
  }

  /** The steps that made a waiting operation possible. */
  protected noteCausesOf(actor: Actor, operation: KernelOperation): void {
    if (operation.kind === 'waitpid') {
      for (const step of this.endsOfChildren(operation)) this.noteCause(actor, step);
      return;
    }
    if (operation.kind !== 'join') {
      this.noteCause(actor, this.step);
      return;
    }
    const joined = this.actorOf(operation.object as Thread);
    actor.joined.add(joined);
    for (const earlier of joined.joined) actor.joined.add(earlier);
    this.noteCause(actor, joined.last);
    this.noteCause(actor, joined.buffer?.lastFlush ?? -1);
  }

  protected abstract select(actor: Actor): void;

  /** An error nobody caught in the selected thread. */
  abstract fail(error: unknown): void;

  /** Does what has become possible of what waits. */
  protected abstract settleAll(): void;

  /** The steps in which the children that a `waitpid` asks for ended. */
  protected abstract endsOfChildren(operation: KernelOperation): readonly number[];

  protected noteCause(actor: Actor, cause: number): void {
    if (cause >= 0 && !actor.causes.includes(cause)) actor.causes = [...actor.causes, cause];
  }

  protected noteSignalled(): void {
    for (const actor of this.actor.record.actors) {
      const operation = actor.kernelOperation;
      if (operation?.kind === 'reacquire' && operation.outcome !== 'none' && actor.causes === NONE)
        actor.causes = [this.step];
    }
  }

  protected actorOf(thread: Thread): Actor {
    return this.actors.find((actor) => actor?.thread === thread) as Actor;
  }

  protected startTimer(actor: Actor, wait: KernelOperation, condition: number): void {
    const process = this.names.processes.of(-TIMERS - actor.process);
    actor.timer = new Timer(process, actor.process, wait, condition, this.step);
    this.agents[process] = actor.timer;
  }

  /** The time an actor was willing to wait is up. True where it was still waiting. */
  expire(timer: Timer, step: number): boolean {
    this.step = step;
    this.touched = this.seen = null;
    const actor = this.actors[timer.owner] as Actor;
    const isWaiting = timer.expire();
    if (isWaiting) {
      actor.causes = [step];
      if (timer.outcome === 'spurious') actor.spuriousWakeups++;
      actor.record.history?.add({ kind: timer.outcome, thread: actor.thread.index });
    }
    if (actor.timer === timer) actor.timer = null;
    return isWaiting;
  }

  /** The next store of a buffer reaches memory. */
  flush(buffer: StoreBuffer, step: number): void {
    this.step = step;
    this.touched = null;
    this.seen = { value: buffer.next?.value };
    const owner = this.actors[buffer.owner] as Actor;
    if (buffer.next) this.noteContents({ object: buffer.next.object, access: Access.Write }, owner);
    buffer.lastFlush = step;
    try {
      buffer.flush();
    } catch (error) {
      this.select(owner);
      this.fail(error);
    }
    this.settleAll();
  }

  protected numberOfObject(object: KernelObject, side: Side = Side.Main): number {
    const number = this.numberOf[object.id] as number;
    if (side === Side.Main) return number;
    const { objects } = this.names;
    return objects.of(sideName(objects.nameOf(number), side));
  }

  /** A number for an object that gets its name elsewhere. */
  protected unnamedId(): number {
    return super.newId();
  }

  override newId(): number {
    const id = super.newId();
    // The base class asks for a number before this class has its fields; nothing depends on that object.
    if (this.names === undefined) return id;
    const actor = this.actor as Actor | undefined;
    this.numberOf[id] = this.names.objects.of(actor ? objectName(actor.process, ++actor.objects) : -id);
    return id;
  }
}
