import type { Core } from '../machine/core.ts';
import { TICKS } from '../machine/costs.ts';
import { Rank } from '../machine/event-queue.ts';
import { CostPart, EventKind, StopReason } from '../trace/trace.ts';
import type { Process } from './process.ts';
import type { ProcessHost } from './process-host.ts';
import type { ReadyReason, Task } from './scheduler/policy.ts';
import { Mutex } from './sync/mutex.ts';
import type { Thread } from './thread.ts';
import { SKEW, Timekeeper } from './timekeeper.ts';

/**
 * The kernel's own lines, beyond every frame. Which places of the cache they fall on was fitted, together with `kernelFootprint`, to the small data sets of lmbench's
 * context-switch table.
 */
const KERNEL_LINES = 2 ** 30 + 1536;
/** Largest part of a slice by which a timer interrupt comes late. */
const TIMER_LATENCY = 0.03;

/** Cores and ready threads: which thread a core takes next, what the switch costs, and what becomes of the thread that leaves. */
export abstract class Dispatcher extends Timekeeper {
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

  protected announce(thread: Thread, now: number): void {
    const { process } = thread;
    if (thread === process.main && process.threads.length === 1)
      this.trace.processes.push({ pid: process.pid, parent: process.parent?.pid ?? 0, name: process.name });
    this.trace.threads.push({ tid: thread.tid, pid: process.pid, name: thread.name });
    this.trace.write(now / TICKS, EventKind.Create, -1, thread.tid, -1, this.core ? this.running.tid : 0);
  }

  protected enqueue(thread: Thread, reason: ReadyReason, now: number): void {
    thread.enter('ready', now);
    this.policy.enqueue(thread, reason, now);
    if (reason === 'new' || reason === 'woken') this.place(thread, now);
  }

  /** Find a core for a thread that has become ready: an idle one, or one whose thread must make room. */
  protected place(thread: Thread, now: number): void {
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

  protected idleCoreFor(thread: Thread): Core<Thread> | null {
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
  protected victimOf(thread: Thread): Core<Thread> | null {
    let victim: Core<Thread> | null = null;
    for (const core of this.cores) {
      if (core.thread === null || (thread.affinity >= 0 && thread.affinity !== core.id)) continue;
      if (!this.policy.preempts(thread, core.thread)) continue;
      if (victim === null || this.policy.preempts(victim.thread as Thread, core.thread)) victim = core;
    }
    return victim;
  }

  protected dispatch(core: Core<Thread>): void {
    core.wanted = false;
    const thread = this.pick(core);
    if (thread !== core.last || thread === null) this.depart(core);
    if (thread === null) return;
    core.idleUntil(Math.max(thread.stateSince, thread.process.interpreterFreeAt));
    core.thread = thread;
    core.reschedule = false;
    if (core.last !== thread) this.switchTo(core, thread);
    else if (core.parting === StopReason.Yielded)
      this.workOn(core, thread, this.costs.schedulerPick, CostPart.Pick);
    if (core.parting < 0) this.trace.write(core.time / TICKS, EventKind.Dispatch, core.id, thread.tid);
    core.parting = -1;
    core.wakeLatency = 0;
    thread.wokenByEvent = false;
    thread.enter('running', core.time);
    if (thread.firstRun < 0) thread.firstRun = core.time;
    thread.lastCore = core.id;
    const slice = this.policy.slice(thread, core.time);
    const late =
      this.costs.free || slice === Number.POSITIVE_INFINITY ? 0 : this.chance.below(slice * TIMER_LATENCY);
    core.sliceEnd = core.time + slice + late;
  }

  /** The next thread that nothing but the policy keeps from running. */
  private pick(core: Core<Thread>): Thread | null {
    for (;;) {
      const thread = this.policy.pick(core.id, core.time) as Thread | null;
      if (thread === null || this.mayRun(thread)) return thread;
      thread.enter('blocked', Math.max(core.time, thread.stateSince));
      thread.process.heldBack.push(thread);
    }
  }

  /** Takes the interpreter lock of its process, where the machine has such locks. */
  private mayRun(thread: Thread): boolean {
    const { process } = thread;
    if (process.isStopped) return false;
    if (!this.settings.interpreterLock) return true;
    if (process.interpreter !== null && process.interpreter !== thread) return false;
    process.interpreter = thread;
    return true;
  }

  /** The thread left its core: another of its process may have the interpreter. */
  protected passInterpreter({ process }: Thread, core: Core<Thread>): void {
    if (process.interpreter === null) return;
    process.interpreter = null;
    process.interpreterFreeAt = core.time;
    const next = process.heldBack.shift();
    if (next) this.enqueue(next, 'woken', core.time);
  }

  /** SIGCONT: the threads of the process may run again. */
  protected letGo(process: Process): void {
    for (const thread of process.heldBack.splice(0)) this.enqueue(thread, 'woken', this.now());
  }

  /** What a switch costs, part by part. */
  protected switchTo(core: Core<Thread>, thread: Thread): void {
    const { costs } = this;
    const last = core.last;
    const isOtherProcess = last !== null && last.process !== thread.process;
    if (last !== null) this.metrics[isOtherProcess ? 'processSwitches' : 'threadSwitches']++;
    const inTurn = last !== null && core.beforeLast !== null && core.beforeLast !== thread;
    this.workOn(core, thread, core.wakeLatency + (thread.wokenByEvent ? costs.wake : 0), CostPart.Kernel);
    this.workOn(core, thread, costs.schedulerPick + (inTurn ? costs.readyQueue : 0), CostPart.Pick);
    this.workOn(core, thread, costs.registers, CostPart.Registers);
    if (isOtherProcess) this.workOn(core, thread, costs.addressSpaceSwitch, CostPart.AddressSpace);
    this.switchSpace(core, thread, isOtherProcess);
    core.beforeLast = last;
    core.last = thread;
  }

  /** Its own priority, or that of a more urgent thread that waits for what it holds; those it waits for in turn inherit it. */
  protected updatePriority(thread: Thread): void {
    let priority = thread.basePriority;
    for (const held of thread.held) {
      if (!(held instanceof Mutex) || !held.priorityInheritance) continue;
      for (const waiter of held.queue) priority = Math.max(priority, waiter.thread.priority);
    }
    if (priority === thread.priority) return;
    this.changePriority(thread, priority);
    const next = thread.pending?.object;
    if (next instanceof Mutex && next.priorityInheritance && next.owner) this.updatePriority(next.owner);
  }

  /** A ready thread moves to its new place among the ready ones. */
  private changePriority(thread: Thread, priority: number): void {
    const now = this.now();
    if (thread.state !== 'ready') {
      thread.priority = priority;
      return;
    }
    this.policy.dequeue(thread);
    thread.priority = priority;
    this.policy.enqueue(thread, 'woken', now);
    this.place(thread, now);
  }

  override setPriority(thread: Thread, priority: number): void {
    thread.basePriority = priority;
    this.updatePriority(thread);
  }

  /** The kernel goes through data of its own, which pushes some of the process's out of the caches. */
  private runKernel({ mmu }: Core<Thread>): void {
    const { line, kernelFootprint } = this.costs;
    if (kernelFootprint > 0) mmu.pollute(KERNEL_LINES, kernelFootprint / line);
  }

  /** The core translates for the thread's process from now on. */
  private switchSpace(core: Core<Thread>, thread: Thread, isOtherProcess: boolean): void {
    const { process } = thread;
    if (isOtherProcess) this.runKernel(core);
    const isCold = core.mmu.switchTo(process.space);
    if (isCold && isOtherProcess) this.workOn(core, thread, this.costs.addressSpaceFlush, CostPart.Tlb);
    (process.instance.runtime.host as ProcessHost).mmu = core.mmu;
  }

  /** The thread stops running for a reason of its own. */
  protected leave(core: Core<Thread>, thread: Thread, reason: number, ticks: number): void {
    this.workOn(core, thread, ticks, CostPart.Kernel);
    this.trace.write(
      core.time / TICKS,
      EventKind.Stop,
      core.id,
      thread.tid,
      thread.stack.site,
      reason,
      thread.pending?.object.id ?? -1,
    );
    core.parting = -1;
    core.thread = null;
    core.wanted = true;
    this.clock = Math.max(this.clock, core.time);
    this.passInterpreter(thread, core);
  }

  /** The thread is ready to go on, but it may be another's turn. */
  protected giveUp(core: Core<Thread>, thread: Thread, reason: ReadyReason): void {
    core.parting = reason === 'yielded' ? StopReason.Yielded : StopReason.Preempted;
    core.thread = null;
    core.wanted = true;
    core.reschedule = false;
    this.enqueue(thread, reason, core.time);
    this.passInterpreter(thread, core);
  }

  /** The thread that gave its core up did not get it back. */
  protected depart(core: Core<Thread>): void {
    if (core.parting < 0 || core.last === null) return;
    this.trace.write(
      core.time / TICKS,
      EventKind.Stop,
      core.id,
      core.last.tid,
      core.last.stack.site,
      core.parting,
    );
    core.parting = -1;
  }

  protected block(core: Core<Thread>, thread: Thread): void {
    this.policy.blocked(thread);
    const kind = thread.pending?.kind;
    const reason = kind === 'sleep' || kind === 'idle' ? StopReason.Slept : StopReason.Blocked;
    this.leave(core, thread, reason, this.costs.block);
  }

  /** The slice is over: does the thread keep its core? */
  protected after(core: Core<Thread>, thread: Thread): void {
    if (core.thread !== thread) return;
    if (thread.state === 'blocked') {
      this.block(core, thread);
      return;
    }
    if (thread.state === 'ended') {
      this.leave(core, thread, StopReason.Exited, 0);
      return;
    }
    if (thread.state !== 'running') {
      this.leave(core, thread, StopReason.Blocked, this.costs.block);
      return;
    }
    if (thread.yielding) {
      thread.yielding = false;
      this.giveUp(core, thread, 'yielded');
    } else if (core.time >= core.sliceEnd) this.giveUp(core, thread, 'expired');
    else if (core.reschedule) this.giveUp(core, thread, 'preempted');
  }

  protected schedulePolicyTick(): void {
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

  protected earliestCore(): Core<Thread> | null {
    let earliest: Core<Thread> | null = null;
    for (const core of this.cores) {
      if (core.thread === null && !core.wanted) continue;
      if (earliest === null || core.time < earliest.time) earliest = core;
    }
    return earliest;
  }
}
