import { type Host, type Program, SUSPENDED } from '../language/index.ts';
import { Core } from '../machine/core.ts';
import { type Costs, resolveCosts, TICKS } from '../machine/costs.ts';
import { type Event, EventQueue, Rank } from '../machine/event-queue.ts';
import { Random } from '../machine/random.ts';
import type { Limits, OutputLine } from '../report.ts';
import { Timeline } from '../trace/timeline.ts';
import { CostPart, EventKind, StopReason } from '../trace/trace.ts';
import { TraceWriter } from '../trace/writer.ts';
import { type CostName, Kernel, type Library, type ThreadSettings } from './kernel.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { KernelObject, Operation } from './operation.ts';
import type { Process } from './process.ts';
import { ProcessHost } from './process-host.ts';
import type { Policy, ReadyReason, Task } from './scheduler/policy.ts';
import { type MachineSettings, policyOf } from './settings.ts';
import type { Thread } from './thread.ts';

/** Ticks of code that costs nothing after which a slice counts as used up (`costs: 'free'`), so that a loop cannot stop the clock. */
const FREE_WORK = 1 << 20;
/** A slice of real work between two looks at the clock, in ticks: as much as fits the fuel counter with room to spare. */
const LONGEST_SLICE = 1 << 28;
/** How far one core's clock may run ahead of another's, in ticks (varied by chance from half to one and a half of it). */
const SKEW = 256 * TICKS;
/** Largest part of a slice by which a timer interrupt comes late. */
const TIMER_LATENCY = 0.03;
/** What a resume is worth in steps. */
const STEPS_A_SLICE = 50;

/** How a run ended, or that it goes on. */
export type RunStatus = 'running' | 'exited' | 'deadlock' | 'limit' | 'stopped';

/** Thrown into code that cannot be suspended when the run is over. */
export class RunEnded extends Error {}

/**
 * A kernel on simulated cores: a discrete-event simulation. Each core has its own clock; the one that is furthest behind goes next, up to the end of its slice, the
 * next event, or a little ahead of the others. Kernel operations are done in the order of time whatever core they come from. The same program,
 * settings and seed give the same run on every computer.
 */
export class System extends Kernel {
  readonly settings: MachineSettings;
  readonly costs: Costs;
  readonly limits: Limits;
  readonly policy: Policy;
  readonly cores: Core<Thread>[];
  readonly events = new EventQueue();
  readonly fuel = new Int32Array(1);
  readonly output: OutputLine[] = [];
  readonly trace: TraceWriter;
  readonly timeline = new Timeline();
  readonly chance: Random;
  status: RunStatus = 'running';
  /** Which limit was passed. */
  limit: keyof Omit<Limits, 'events'> | null = null;
  /** Accesses, calls and loop turns so far, as far as their cost tells. */
  steps = 0;
  readonly metrics = { threadSwitches: 0, processSwitches: 0, fiberSwitches: 0, syscalls: 0, bytesCopied: 0 };

  /** The core whose slice is under way, or null while an event happens. */
  private core: Core<Thread> | null = null;
  private clock = 0;
  private sliceFuel = 0;
  private sliceLimit = 0;
  private sliceExtra = 0;
  private sliceOverhead = 0;
  private sliceComputed = 0;

  constructor(program: Program, library: Library, settings: MachineSettings, limits: Partial<Limits> = {}) {
    super(program, library);
    this.settings = settings;
    this.costs = resolveCosts(settings.costs);
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.chance = new Random(settings.seed);
    this.policy = policyOf(settings, this.chance);
    this.cores = Array.from({ length: settings.cores }, (_, id) => new Core<Thread>(id));
    this.trace = new TraceWriter(this.limits.events);
    const main = this.boot('main').main;
    this.makeReady(main);
    if (this.policy.period > 0) this.schedulePolicyTick();
  }

  /** Run for about `steps` steps. True when the run is over. */
  advance(steps: number): boolean {
    this.library.kernel = this;
    const goal = this.steps + steps;
    while (this.status === 'running' && this.steps < goal) this.turn();
    return this.status !== 'running';
  }

  /** End the run. */
  end(status: RunStatus, limit: keyof Omit<Limits, 'events'> | null = null): void {
    if (this.status !== 'running') return;
    this.status = status;
    this.limit = limit;
    this.cut(0);
  }

  // --- time -----------------------------------------------------------------------------------------------------------

  now(): number {
    return this.core ? this.core.time + this.elapsed() : this.clock;
  }

  private elapsed(): number {
    const burnt = this.costs.free ? 0 : this.sliceFuel - (this.fuel[0] as number);
    return burnt + this.sliceExtra;
  }

  /** Something happens at `time`; a slice under way ends there. */
  at(time: number, rank: number, action: () => void): Event {
    this.cut(time);
    return this.events.add(time, rank, action);
  }

  /** The slice under way must not go beyond `time`. */
  private cut(time: number): void {
    if (!this.core || time >= this.sliceLimit) return;
    this.sliceLimit = time;
    const left = this.costs.free && time > 0 ? FREE_WORK : Math.max(-1, time - this.now());
    const fuel = this.fuel[0] as number;
    if (fuel <= left) return;
    this.sliceFuel -= fuel - left;
    this.fuel[0] = left;
  }

  spend(cost: CostName): void {
    this.overhead(this.costs[cost], CostPart.Kernel);
  }

  copy(bytes: number): void {
    this.metrics.bytesCopied += bytes;
    this.overhead(Math.round(bytes * this.costs.pipeByte), CostPart.Kernel);
  }

  /** The running thread's time goes to the kernel. */
  overhead(ticks: number, part: number): void {
    if (ticks === 0 || !this.core) return;
    this.trace.write(
      this.now() / TICKS,
      EventKind.Overhead,
      this.core.id,
      this.running.tid,
      -1,
      ticks / TICKS,
      part,
    );
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    this.sliceOverhead += ticks;
  }

  compute(ticks: number): unknown {
    const left = this.costs.free ? this.sliceLimit - this.now() : (this.fuel[0] as number);
    if (ticks <= left || !this.running.process.instance.canSuspend) {
      this.burn(ticks);
      return undefined;
    }
    this.burn(Math.max(0, left));
    this.running.compute = ticks - Math.max(0, left);
    return SUSPENDED;
  }

  /** Time passes without work being done for it. */
  private burn(ticks: number): void {
    if (this.costs.free || ticks > (this.fuel[0] as number)) {
      this.sliceExtra += ticks;
      return;
    }
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    this.sliceComputed += ticks;
  }

  /** See `Host.refuel`. */
  refuel(): boolean {
    if (this.status !== 'running') throw new RunEnded('The run is over.');
    const { core } = this;
    if (!core) return true;
    const mustStop = this.running.process.instance.canSuspend;
    if (mustStop && (this.policy.length > 0 || this.hasOtherWork(core) || this.now() >= this.sliceLimit))
      return false;
    this.sliceExtra += this.costs.free ? 0 : this.sliceFuel - (this.fuel[0] as number);
    this.steps += this.sliceFuel / TICKS;
    this.sliceFuel = this.fuel[0] = FREE_WORK;
    this.checkLimits();
    if (this.status !== 'running') throw new RunEnded('The run is over.');
    return true;
  }

  private hasOtherWork(core: Core<Thread>): boolean {
    return this.cores.some((other) => other !== core && other.thread !== null);
  }

  random(): number {
    return this.chance.next();
  }

  // --- the door -------------------------------------------------------------------------------------------------------

  perform(operation: Operation): unknown {
    const thread = this.running;
    operation.thread = thread;
    if (this.isAhead() && thread.process.instance.canSuspend) {
      thread.deferred = operation;
      return SUSPENDED;
    }
    return this.executeOrPark(operation);
  }

  /** Has another core yet to live through the time this one is at? Then its operations come first. */
  private isAhead(): boolean {
    if (this.cores.length === 1 || !this.core) return false;
    const now = this.now();
    for (const core of this.cores) {
      if (core !== this.core && core.thread !== null && core.time < now) return true;
    }
    return false;
  }

  print(process: Process, text: string): void {
    if (this.output.length >= this.limits.lines) return this.end('limit', 'lines');
    const time = this.now() / TICKS;
    this.output.push({ time, pid: process.pid, tid: this.running.tid, text });
    this.trace.write(time, EventKind.Print, this.core?.id ?? -1, this.running.tid, -1, this.trace.text(text));
  }

  override addObject<O extends KernelObject>(object: O): O {
    this.trace.objects.push({ id: object.id, kind: object.kind, name: object.name });
    return object;
  }

  override cpuTime(thread: Thread): number {
    return thread.used + (this.core && thread === this.running ? this.elapsed() : 0);
  }

  protected hostFor(process: Process): Host {
    return new ProcessHost(this, process);
  }

  // --- threads come and go ------------------------------------------------------------------------------------------------

  override spawn(body: () => unknown, settings: ThreadSettings): Thread {
    const thread = super.spawn(body, settings);
    if (this.threads.length > this.limits.threads) this.end('limit', 'threads');
    return thread;
  }

  protected override started(thread: Thread, arrival: number): void {
    thread.created = Math.max(arrival, this.now());
    if (arrival > this.now()) this.at(arrival, Rank.Arrival, () => this.arrive(thread));
    else this.makeReady(thread);
  }

  private arrive(thread: Thread): void {
    if (thread.state === 'new') this.makeReady(thread);
  }

  protected makeReady(thread: Thread): void {
    const now = this.now();
    const isNew = thread.state === 'new';
    if (isNew) this.announce(thread, now);
    else
      this.trace.write(
        now / TICKS,
        EventKind.Wake,
        this.core?.id ?? -1,
        thread.tid,
        -1,
        this.core ? this.running.tid : -1,
      );
    if (!isNew && this.core) this.overhead(this.costs.wake, CostPart.Kernel);
    thread.wokenByEvent = !isNew && !this.core;
    this.enqueue(thread, isNew ? 'new' : 'woken', this.now());
  }

  private announce(thread: Thread, now: number): void {
    const { process } = thread;
    if (thread === process.main && process.threads.length === 1)
      this.trace.processes.push({ pid: process.pid, parent: process.parent?.pid ?? 0, name: process.name });
    this.trace.threads.push({ tid: thread.tid, pid: process.pid, name: thread.name });
    this.trace.write(now / TICKS, EventKind.Create, -1, thread.tid, -1, this.core ? this.running.tid : 0);
  }

  private enqueue(thread: Thread, reason: ReadyReason, now: number): void {
    thread.enter('ready', now);
    this.policy.enqueue(thread, reason, now);
    if (reason === 'new' || reason === 'woken') this.place(thread, now);
  }

  /** Find a core for a thread that has become ready: an idle one, or one whose thread must make room. */
  private place(thread: Thread, now: number): void {
    const idle = this.idleCoreFor(thread);
    if (idle) {
      idle.wanted = true;
      idle.wakeLatency =
        this.core && idle !== this.core && !thread.wokenByEvent ? this.costs.crossCoreWake : 0;
      idle.idleUntil(now);
      if (!this.costs.free) this.cut(now + SKEW);
      return;
    }
    const victim = this.victimOf(thread);
    if (!victim) return;
    victim.reschedule = true;
    if (victim === this.core) this.cut(now);
  }

  private idleCoreFor(thread: Thread): Core<Thread> | null {
    let found: Core<Thread> | null = null;
    for (const core of this.cores) {
      if (core.thread !== null || core.wanted) continue;
      if (thread.affinity >= 0 && thread.affinity !== core.id) continue;
      if (core.id === thread.lastCore) return core;
      found ??= core;
    }
    return found;
  }

  /** The core whose thread has to give way, the least urgent where there are several. */
  private victimOf(thread: Thread): Core<Thread> | null {
    let victim: Core<Thread> | null = null;
    for (const core of this.cores) {
      if (core.thread === null || (thread.affinity >= 0 && thread.affinity !== core.id)) continue;
      if (!this.policy.preempts(thread, core.thread)) continue;
      if (victim === null || this.policy.preempts(victim.thread as Thread, core.thread)) victim = core;
    }
    return victim;
  }

  protected makeBlocked(thread: Thread): void {
    thread.enter('blocked', this.now());
    const { pending } = thread;
    if (pending && pending.deadline < Number.POSITIVE_INFINITY)
      this.at(Math.max(pending.deadline, this.now()), Rank.Timer, () => this.timeOut(pending));
  }

  /** The time an operation was willing to wait is over. */
  private timeOut(operation: Operation): void {
    if (operation.thread.pending !== operation || operation.outcome !== 'none') return;
    operation.outcome = 'timeout';
    if (operation.enabled()) return this.wake(operation);
    operation.queue?.remove(operation);
    operation.object.queueOf(operation).push(operation);
  }

  protected forget(thread: Thread): void {
    const now = Math.max(this.now(), thread.stateSince);
    if (thread.state === 'ready') this.policy.dequeue(thread);
    for (const core of this.cores) {
      if (core.thread !== thread || core === this.core) continue;
      core.thread = null;
      core.wanted = true;
    }
    if (thread.state === 'new') this.announce(thread, now);
    thread.enter('ended', now);
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

  protected ended(_process: Process): void {}

  // --- the loop ---------------------------------------------------------------------------------------------------------

  /** One turn: the earliest of an event, a core with a thread, an idle core that something is ready for. */
  private turn(): void {
    const core = this.earliestCore();
    const due = this.events.nextTime;
    if (core === null || due <= core.time) {
      if (due === Number.POSITIVE_INFINITY)
        return this.end(this.processes.every((p) => p.exit) ? 'exited' : 'deadlock');
      if (due > this.limits.time * TICKS) return this.stopClock();
      return this.fire(due);
    }
    if (core.thread === null) this.dispatch(core);
    else this.runSlice(core, core.thread, due);
  }

  private stopClock(): void {
    this.clock = this.limits.time * TICKS;
    this.end('limit', 'time');
  }

  private earliestCore(): Core<Thread> | null {
    let earliest: Core<Thread> | null = null;
    for (const core of this.cores) {
      if (core.thread === null && !core.wanted) continue;
      if (earliest === null || core.time < earliest.time) earliest = core;
    }
    return earliest;
  }

  private fire(due: number): void {
    this.clock = Math.max(due, this.clock);
    for (const core of this.cores) if (core.thread === null && !core.wanted) core.idleUntil(due);
    this.events.take()?.action();
  }

  private schedulePolicyTick(): void {
    this.events.add(this.clock + this.policy.period, Rank.Policy, () => {
      const running: Task[] = [];
      for (const core of this.cores) {
        if (core.thread === null) continue;
        running.push(core.thread);
        core.thread.enter('ready', Math.max(core.time, this.clock));
        core.thread = null;
        core.wanted = true;
      }
      this.policy.tick(running, this.clock);
      if (this.processes.some((process) => process.exit === null)) this.schedulePolicyTick();
    });
  }

  private dispatch(core: Core<Thread>): void {
    core.wanted = false;
    const thread = this.policy.pick(core.id, core.time) as Thread | null;
    if (thread !== core.last || thread === null) this.depart(core);
    if (thread === null) return;
    core.idleUntil(thread.stateSince);
    core.thread = thread;
    core.reschedule = false;
    if (core.last !== thread) this.switchTo(core, thread);
    if (core.parting < 0) this.trace.write(core.time / TICKS, EventKind.Dispatch, core.id, thread.tid);
    core.parting = -1;
    core.wakeLatency = 0;
    thread.wokenByEvent = false;
    thread.enter('running', core.time);
    if (thread.firstRun < 0) thread.firstRun = core.time;
    thread.lastCore = core.id;
    const slice = this.policy.slice(thread);
    const late =
      this.costs.free || slice === Number.POSITIVE_INFINITY ? 0 : this.chance.below(slice * TIMER_LATENCY);
    core.sliceEnd = core.time + slice + late;
  }

  /** What a switch costs, part by part. */
  private switchTo(core: Core<Thread>, thread: Thread): void {
    const { costs } = this;
    const last = core.last;
    const isOtherProcess = last !== null && last.process !== thread.process;
    if (last !== null) this.metrics[isOtherProcess ? 'processSwitches' : 'threadSwitches']++;
    const inTurn = last !== null && core.beforeLast !== null && core.beforeLast !== thread;
    this.work(core, thread, core.wakeLatency + (thread.wokenByEvent ? costs.wake : 0), CostPart.Kernel);
    this.work(core, thread, costs.schedulerPick + (inTurn ? costs.readyQueue : 0), CostPart.Pick);
    this.work(core, thread, costs.registers, CostPart.Registers);
    if (isOtherProcess) this.work(core, thread, costs.addressSpaceSwitch, CostPart.AddressSpace);
    core.beforeLast = last;
    core.last = thread;
  }

  /** The kernel works on a core outside any slice. */
  private work(core: Core<Thread>, thread: Thread, ticks: number, part: number): void {
    if (ticks === 0) return;
    this.trace.write(core.time / TICKS, EventKind.Overhead, core.id, thread.tid, -1, ticks / TICKS, part);
    core.work(ticks);
  }

  /** Let the thread of a core run until its slice is over, something happens, or it stops by itself. */
  private runSlice(core: Core<Thread>, thread: Thread, due: number): void {
    if (core.reschedule) return this.giveUp(core, thread, 'preempted');
    this.library.kernel = this;
    this.core = core;
    this.running = thread;
    this.sliceLimit = Math.min(core.sliceEnd, due, this.limits.time * TICKS, this.aheadOfOthers(core));
    this.sliceExtra = this.sliceOverhead = this.sliceComputed = 0;
    this.sliceFuel = this.fuel[0] = 0;
    if (this.burnCompute(core, thread)) {
      this.refill();
      this.go(thread);
    }
    this.account(core, thread);
    this.core = null;
    this.after(core, thread);
    this.checkLimits();
  }

  private aheadOfOthers(core: Core<Thread>): number {
    if (this.costs.free || this.cores.length === 1) return Number.POSITIVE_INFINITY;
    let earliest = Number.POSITIVE_INFINITY;
    for (const other of this.cores) {
      if (other !== core && (other.thread !== null || other.wanted) && other.time < earliest)
        earliest = other.time;
    }
    return earliest === Number.POSITIVE_INFINITY ? earliest : earliest + SKEW / 2 + this.chance.below(SKEW);
  }

  /** Burns what is left of a `compute`; true where the thread's code can go on. */
  private burnCompute(core: Core<Thread>, thread: Thread): boolean {
    if (thread.compute === 0) return true;
    const span = Math.min(thread.compute, Math.max(0, this.sliceLimit - core.time));
    thread.compute -= span;
    this.sliceExtra += span;
    return thread.compute === 0;
  }

  private refill(): void {
    const span = Math.min(LONGEST_SLICE, this.sliceLimit - this.now());
    this.sliceFuel = this.fuel[0] = this.costs.free ? FREE_WORK : Math.max(0, span);
  }

  private go(thread: Thread): void {
    const { deferred } = thread;
    if (deferred) {
      thread.deferred = null;
      if (!this.doDeferred(thread, deferred)) return;
    }
    const outcome = thread.stack.resume();
    if (outcome === 'suspended' || thread.state === 'ended') return;
    if (outcome === 'returned') this.endThread(thread, thread.stack.value);
    else this.uncaught(thread.process, thread.stack.value);
  }

  /** True where the operation is done and the thread goes on. */
  private doDeferred(thread: Thread, operation: Operation): boolean {
    try {
      const result = this.executeOrPark(operation);
      if (result === SUSPENDED) return false;
      thread.stack.answer(result);
    } catch (error) {
      thread.stack.fail(error);
    }
    return true;
  }

  /** Write down what the slice spent. */
  private account(core: Core<Thread>, thread: Thread): void {
    const isUsedUp = this.costs.free && (this.fuel[0] as number) < 0 && this.status === 'running';
    if (isUsedUp) this.sliceExtra += this.restOfFreeSlice(core);
    const spent = this.elapsed();
    this.steps +=
      Math.max(0, this.sliceFuel - (this.fuel[0] as number) - this.sliceComputed) / TICKS + STEPS_A_SLICE;
    if (spent <= 0) return;
    this.timeline.add(core.id, thread.tid, core.time, core.time + spent);
    core.time += spent;
    core.busyUntil = core.time;
    core.overhead += this.sliceOverhead;
    core.useful += spent - this.sliceOverhead;
    thread.used += spent;
    this.policy.ran(thread, spent, core.time);
  }

  /** Code that costs nothing used up its slice: the clock goes on to the end of it. */
  private restOfFreeSlice(core: Core<Thread>): number {
    const end = Math.min(this.sliceLimit, core.time + this.sliceExtra + this.settings.quantum * TICKS);
    return Math.max(0, end - core.time - this.sliceExtra);
  }

  /** The slice is over: does the thread keep its core? */
  private after(core: Core<Thread>, thread: Thread): void {
    if (core.thread !== thread) return;
    if (thread.state === 'blocked') return this.block(core, thread);
    if (thread.state === 'ended') return this.leave(core, thread, StopReason.Exited, 0);
    if (thread.state !== 'running') return this.leave(core, thread, StopReason.Blocked, this.costs.block);
    if (thread.yielding) {
      thread.yielding = false;
      this.work(core, thread, this.costs.modeSwitch, CostPart.ModeSwitch);
      this.giveUp(core, thread, 'yielded');
    } else if (core.reschedule) this.giveUp(core, thread, 'preempted');
    else if (core.time >= core.sliceEnd) this.giveUp(core, thread, 'expired');
  }

  private block(core: Core<Thread>, thread: Thread): void {
    this.policy.blocked(thread);
    const kind = thread.pending?.kind;
    const reason = kind === 'sleep' || kind === 'idle' ? StopReason.Slept : StopReason.Blocked;
    this.leave(core, thread, reason, this.costs.block);
  }

  /** The thread stops running for a reason of its own. */
  private leave(core: Core<Thread>, thread: Thread, reason: number, ticks: number): void {
    this.work(core, thread, ticks, CostPart.Kernel);
    this.trace.write(
      core.time / TICKS,
      EventKind.Stop,
      core.id,
      thread.tid,
      -1,
      reason,
      thread.pending?.object.id ?? -1,
    );
    core.parting = -1;
    core.thread = null;
    core.wanted = true;
  }

  /** The thread is ready to go on, but it may be another's turn. */
  private giveUp(core: Core<Thread>, thread: Thread, reason: ReadyReason): void {
    core.parting = reason === 'yielded' ? StopReason.Yielded : StopReason.Preempted;
    core.thread = null;
    core.wanted = true;
    core.reschedule = false;
    this.enqueue(thread, reason, core.time);
  }

  /** The thread that gave its core up did not get it back. */
  private depart(core: Core<Thread>): void {
    if (core.parting < 0 || core.last === null) return;
    this.trace.write(core.time / TICKS, EventKind.Stop, core.id, core.last.tid, -1, core.parting);
    core.parting = -1;
  }

  private checkLimits(): void {
    if (this.steps > this.limits.steps) this.end('limit', 'steps');
    else if (this.core === null && this.furthest() >= this.limits.time * TICKS) this.end('limit', 'time');
  }

  private furthest(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const core of this.cores) if (core.thread !== null && core.time < least) least = core.time;
    return least === Number.POSITIVE_INFINITY ? 0 : least;
  }

  /** Virtual time so far, ticks. */
  get time(): number {
    let end = this.clock;
    for (const core of this.cores) if (core.last !== null) end = Math.max(end, core.busyUntil);
    return end;
  }
}
