import type { Library } from '../kernel/kernel.ts';
import { type KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import type { Process } from '../kernel/process.ts';
import { positionOf } from '../kernel/summary.ts';
import type { Thread } from '../kernel/thread.ts';
import { type Host, type Program, SUSPENDED } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import { Random } from '../machine/random.ts';
import { Actor, type Names } from './actor.ts';
import { ExplorerHost } from './explorer-host.ts';
import { MemoryKernel } from './memory-kernel.ts';
import { Access, NONE } from './model.ts';
import { opened, SILENT, siteOf, WAITING } from './parking.ts';
import { ProgramOperation } from './program-operation.ts';
import { IdleLoop, Stdout } from './stdout.ts';
import type { StoreBuffer } from './store-buffer.ts';
import type { Failure } from './subject.ts';
import { Timer } from './timer.ts';
import { kindOf, messageOf } from './uncaught.ts';

/** Work between two visible operations after which a thread counts as looping for ever, in ticks. */
const LOCAL_FUEL = 1 << 26;
/** Names of timers begin here, below those of store buffers. */
const TIMERS = 2 ** 24;
/** Objects each thread can make, as far as their numbers go. */
const OBJECTS_A_THREAD = 2 ** 20;
/** Threads each thread can make, as far as their numbers go. */
const CHILDREN_A_THREAD = 2 ** 12;

const NOWHERE: { readonly line: number; readonly column: number } = { line: 0, column: 0 };

/**
 * A kernel that does nothing by itself: each thread runs up to its next visible operation and stays there until it is told to do it. Spawning,
 * joining and leaving a barrier are no scheduling points, for nothing depends on when they happen, only on what came before.
 */
export class Stepper extends MemoryKernel {
  readonly output: string[] = [];
  failure: Failure | null = null;
  /** Where its error was thrown. */
  failurePosition = NOWHERE;
  /** By the explorer's process numbers: who waits for a limited time. */
  readonly timed: (Actor | undefined)[] = [];
  /** The process has called `exit`: nothing else runs. */
  hasExited = false;
  private readonly seed: number;
  private readonly fresh: Actor[] = [];
  /** Threads in an operation that is done as soon as it can be: joins, second halves. */
  private waiting: Actor[] = [];
  private readonly stdout: KernelObject;
  private readonly loop: KernelObject;

  constructor(program: Program, library: Library, names: Names, seed: number) {
    super(program, library, names);
    this.seed = seed;
    this.stdout = new Stdout(this.newId());
    this.loop = new IdleLoop(this.newId());
  }

  /** Number of the process whose thread runs now. */
  get runningProcess(): number {
    return this.actor?.process ?? 0;
  }

  /** Run every thread there is at the start up to its first visible operation. */
  begin(): void {
    const { main } = this.boot('main');
    this.enter(main, -1);
    this.settleAll();
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
    if (kernelOperation === null && operation !== null) this.noteContents(operation);
    if (kernelOperation === null || this.carryOut(actor, kernelOperation)) this.run(actor);
    this.settleAll();
  }

  private select(actor: Actor): void {
    this.actor = actor;
    this.running = actor.thread;
  }

  /** True where the thread's code goes on. */
  private carryOut(actor: Actor, operation: KernelOperation): boolean {
    const { stack } = actor.thread;
    try {
      const result = this.execute(operation);
      if (operation.kind === 'signal' || operation.kind === 'broadcast') this.noteSignalled();
      if (result instanceof KernelOperation) {
        result.thread = actor.thread;
        result.site = operation.site;
        this.hold(actor, result);
        this.stand(actor, operation.site);
        if (result.deadline < Number.POSITIVE_INFINITY)
          this.startTimer(actor, result, result.argument as KernelObject);
        return false;
      }
      stack.answer(opened(result));
    } catch (error) {
      stack.fail(error);
    }
    return true;
  }

  private startTimer(actor: Actor, wait: KernelOperation, condition: KernelObject): void {
    actor.timer = new Timer(wait, this.numberOfObject(condition), this.step);
    this.timed[this.names.processes.of(-TIMERS - actor.process)] = actor;
  }

  /** The time an actor was willing to wait is up. True where it was still waiting. */
  expire(actor: Actor, step: number): boolean {
    this.step = step;
    this.touched = this.seen = null;
    const isWaiting = actor.timer?.expire() ?? false;
    if (isWaiting) actor.causes = [step];
    actor.timer = null;
    return isWaiting;
  }

  private noteSignalled(): void {
    for (const actor of this.actors) {
      const operation = actor?.kernelOperation;
      if (operation?.kind === 'reacquire' && operation.outcome !== 'none' && actor?.causes === NONE)
        (actor as Actor).causes = [this.step];
    }
  }

  /** Run a thread's code up to its next visible operation. */
  private run(actor: Actor): void {
    const { thread } = actor;
    this.select(actor);
    for (;;) {
      this.fuel[0] = LOCAL_FUEL;
      const outcome = this.resume(thread);
      if (outcome === 'suspended' && this.goesOn(actor)) continue;
      if (outcome === 'returned') this.end(actor, thread.stack.value);
      else if (outcome === 'threw') this.fail(thread.stack.value);
      return;
    }
  }

  /** A thread's code stopped: true where there is no reason why it should. */
  private goesOn(actor: Actor): boolean {
    const { thread } = actor;
    const { pending } = thread.stack;
    if (thread.state === 'ended' || this.hasExited) this.endNow(actor);
    else if (pending) {
      actor.operation = this.accessTo(pending.address, pending.site);
      this.arrive(actor, pending.site);
    } else if (actor.kernelOperation !== null) this.stand(actor, siteOf(thread));
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
    return ProgramOperation.onMemory(this.names.objects.of(address), this.names.stores[site] === 1, site);
  }

  /** An object has changed: whoever spins until it does may look again. */
  noteChange(object: number, step: number): void {
    for (const actor of this.actors) if (actor?.spin.notice(object, step)) this.noteCause(actor, step);
  }

  private arrive(actor: Actor, site: number): void {
    for (const cause of actor.spin.arrive(site, this.names.loops)) this.noteCause(actor, cause);
  }

  /** The thread's code does not come back. */
  private lock(actor: Actor): void {
    this.note(
      'livelock',
      `${actor.thread.name} runs on without an end and without doing anything another thread could notice.`,
    );
    this.live--;
    actor.isOver = true;
  }

  private end(actor: Actor, value: unknown): void {
    this.endThread(actor.thread, value);
    this.endNow(actor);
  }

  private endNow(actor: Actor): void {
    if (actor.isOver) return;
    actor.isOver = true;
    this.live--;
  }

  /** An error nobody caught in the running thread: the finding of this execution, if it is the first. */
  fail(error: unknown): void {
    const { process, name } = this.running;
    if (process.pid !== 1) {
      this.uncaught(process, error);
      return;
    }
    const kind = kindOf(error);
    const message = messageOf(error);
    this.failurePosition = positionOf(process.instance, error);
    this.note(kind, kind === 'assertion' ? message : `${message} (nobody caught it in ${name})`);
    this.actor.isOver = true;
    this.live--;
  }

  private note(kind: Failure['kind'], message: string): void {
    this.failure ??= { kind, message, step: this.step };
    this.outputAtFailure ??= this.output.slice();
  }

  outputAtFailure: string[] | null = null;

  /** Give new threads their first run, and do what has become possible of what waits. */
  private settleAll(): void {
    for (;;) {
      const fresh = this.fresh.shift();
      if (fresh) this.run(fresh);
      else if (!this.releaseOne()) break;
    }
  }

  private releaseOne(): boolean {
    for (const actor of this.waiting) {
      const operation = actor.kernelOperation;
      if (!operation?.enabled() || !this.isVisible(operation)) continue;
      this.waiting = this.waiting.filter((other) => other !== actor);
      this.noteCausesOf(actor, operation);
      actor.kernelOperation = null;
      this.select(actor);
      if (this.carryOut(actor, operation)) this.run(actor);
      return true;
    }
    return false;
  }

  /** Has what a joined thread stored reached memory? */
  private isVisible({ kind, object }: KernelOperation): boolean {
    return kind !== 'join' || (this.actorOf(object as Thread).buffer?.isEmpty ?? true);
  }

  /** The steps that made a waiting operation possible. */
  private noteCausesOf(actor: Actor, { kind, object }: KernelOperation): void {
    if (kind !== 'join') {
      this.noteCause(actor, this.step);
      return;
    }
    const joined = this.actorOf(object as Thread);
    actor.joined.add(joined);
    for (const earlier of joined.joined) actor.joined.add(earlier);
    this.noteCause(actor, joined.last);
    this.noteCause(actor, joined.buffer?.lastFlush ?? -1);
  }

  private noteCause(actor: Actor, cause: number): void {
    if (cause >= 0 && !actor.causes.includes(cause)) actor.causes = [...actor.causes, cause];
  }

  private actorOf(thread: Thread): Actor {
    return this.actors.find((actor) => actor?.thread === thread) as Actor;
  }

  // --- what the kernel asks of its kind ------------------------------------------------------------------------------

  perform(operation: KernelOperation): unknown {
    const actor = this.actor;
    operation.thread = this.running;
    const isSilent = SILENT.has(operation.kind);
    if (!this.running.process.instance.canSuspend || (isSilent && this.isPossible(operation)))
      return this.performNow(operation);
    this.hold(actor, operation);
    return SUSPENDED;
  }

  private isPossible(operation: KernelOperation): boolean {
    return operation.kind === 'sleep' || (operation.enabled() && this.isVisible(operation));
  }

  /** Within the step under way: a silent operation, or one in code that cannot be suspended. */
  private performNow(operation: KernelOperation): unknown {
    if (operation.kind === 'sleep') return this.elapse(operation.deadline - this.now());
    if (!operation.enabled()) return this.executeOrPark(operation);
    if (operation.kind === 'join') this.noteCausesOf(this.actor, operation);
    else if (!SILENT.has(operation.kind))
      this.noteTouched(this.numberOfObject(operation.object), operation.kind !== 'atomicLoad');
    return opened(this.execute(operation));
  }

  private hold(actor: Actor, operation: KernelOperation): void {
    actor.kernelOperation = operation;
    actor.thread.pending = operation;
    if (WAITING.has(operation.kind)) this.waiting.push(actor);
  }

  /** The thread's code has stopped in front of an operation of the kernel. */
  private stand(actor: Actor, site: number): void {
    const operation = actor.kernelOperation as KernelOperation;
    if (WAITING.has(operation.kind)) return;
    const { object, also, kind } = operation;
    operation.site = site;
    this.arrive(actor, site);
    const second = kind === 'wait' && also ? this.numberOfObject(also) : -1;
    actor.operation = ProgramOperation.onObject(operation, this.numberOfObject(object), second, site);
  }

  private numberOfObject(object: KernelObject): number {
    return this.numberOf[object.id] as number;
  }

  override newId(): number {
    const id = super.newId();
    // The base class asks for a number before this class has its fields; nothing depends on that object.
    if (this.names === undefined) return id;
    const actor = this.actor as Actor | undefined;
    // Below zero, so that they are no addresses; by who makes them, so that they do not depend on the schedule.
    const name = actor ? (actor.process + 1) * OBJECTS_A_THREAD + ++actor.objects : id;
    this.numberOf[id] = this.names.objects.of(-name);
    return id;
  }

  now(): number {
    return this.actor?.clock ?? 0;
  }

  /** Nanoseconds. */
  nowNanoseconds(): number {
    return this.now() / TICKS;
  }

  spend(): void {}

  copy(): void {}

  compute(ticks: number): unknown {
    return this.elapse(ticks);
  }

  private elapse(ticks: number): undefined {
    this.actor.clock += Math.max(0, ticks);
    return undefined;
  }

  random(): number {
    this.actor.chance ??= new Random(this.seed * CHILDREN_A_THREAD + this.actor.process);
    return this.actor.chance.next();
  }

  print(process: Process, text: string): unknown {
    return this.perform(
      new KernelOperation('print', this.stdout, [this.output, process.pid === 1 ? text : text]),
    );
  }

  /** See `Host.idleUntil`: whether a timer comes first or what another thread posts is up to the schedule. */
  idleUntil(time: number): unknown {
    if (time === Number.POSITIVE_INFINITY) return this.perform(new KernelOperation('pause', this.loop));
    const rest = time * TICKS - this.now();
    if (this.isAlone) return this.elapse(rest);
    return this.perform(new KernelOperation('idle', this.loop, () => this.elapse(rest)));
  }

  /** The event loop of the running process has something to do again. */
  wakeLoop(): void {
    if (!this.isAlone) this.noteTouched(this.numberOf[this.loop.id] as number, true);
    for (const actor of this.actors) {
      const kernelOperation = actor?.kernelOperation;
      if (kernelOperation?.object === this.loop) kernelOperation.outcome = 'signalled';
    }
  }

  /** The next store of an actor's buffer reaches memory. */
  flush(actor: Actor, step: number): void {
    const buffer = actor.buffer as StoreBuffer;
    this.step = step;
    this.touched = null;
    this.seen = { value: buffer.next?.value };
    buffer.flush();
    buffer.lastFlush = step;
    this.settleAll();
  }

  refuel(): boolean {
    this.fuel[0] = LOCAL_FUEL;
    return true;
  }

  protected override started(thread: Thread): void {
    this.enter(thread, this.step);
  }

  private enter(thread: Thread, cause: number): void {
    this.drain();
    const creator = this.actor as Actor | undefined;
    const name = creator ? (creator.process + 1) * CHILDREN_A_THREAD + ++creator.children : 0;
    const actor = new Actor(thread, this.names.processes.of(name));
    actor.clock = creator?.clock ?? 0;
    for (const earlier of creator?.joined ?? []) actor.joined.add(earlier);
    this.created++;
    this.actors[actor.process] = actor;
    this.noteCause(actor, cause);
    thread.state = 'ready';
    this.fresh.push(actor);
    this.live++;
    if (!creator) this.select(actor);
  }

  protected makeReady(): void {}
  protected makeBlocked(): void {}

  protected forget(thread: Thread): void {
    thread.state = 'ended';
    thread.pending = null;
  }

  protected hostFor(): Host {
    return new ExplorerHost(this);
  }

  protected ended(process: Process): void {
    if (process.pid === 1 && this.live > 1) this.hasExited = true;
  }
}
