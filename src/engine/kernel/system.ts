import { type Host, type Program, SUSPENDED } from '../language/index.ts';
import type { Core } from '../machine/core.ts';
import { TICKS } from '../machine/costs.ts';
import { Rank } from '../machine/event-queue.ts';
import type { Limits } from '../report.ts';
import { EventKind } from '../trace/trace.ts';
import { Dispatcher } from './dispatcher.ts';
import type { Library, ThreadSettings } from './kernel.ts';
import type { Operation } from './operation.ts';
import type { Process } from './process.ts';
import { ProcessHost } from './process-host.ts';
import type { MachineSettings } from './settings.ts';
import type { Thread } from './thread.ts';

/**
 * A kernel on simulated cores: a discrete-event simulation. Each core has its own clock; the one that is furthest behind goes next, up to the end of its slice, the
 * next event, or a little ahead of the others. Kernel operations are done in the order of time whatever core they come from. The same program,
 * settings and seed give the same run on every computer.
 */ export class System extends Dispatcher {
  constructor(program: Program, library: Library, settings: MachineSettings, limits: Partial<Limits> = {}) {
    super(program, library, settings, limits);
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

  perform(operation: Operation): unknown {
    const thread = this.running;
    operation.thread = thread;
    if (this.isAhead() && thread.process.instance.canSuspend) {
      thread.deferred = operation;
      return SUSPENDED;
    }
    return this.executeOrPark(operation);
  }

  protected hostFor(process: Process): Host {
    return new ProcessHost(this, process);
  }

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

  protected arrive(thread: Thread): void {
    if (thread.state === 'new') this.makeReady(thread);
  }

  protected makeBlocked(thread: Thread): void {
    thread.enter('blocked', this.now());
    const { pending } = thread;
    if (pending && pending.deadline < Number.POSITIVE_INFINITY)
      this.at(Math.max(pending.deadline, this.now()), Rank.Timer, () => this.timeOut(pending));
  }

  /** The time an operation was willing to wait is over. */
  protected timeOut(operation: Operation): void {
    if (operation.thread.pending !== operation || operation.outcome !== 'none') return;
    operation.outcome = 'timeout';
    if (operation.enabled()) {
      this.wake(operation);
      return;
    }
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

  /** One turn: the earliest of an event, a core with a thread, an idle core that something is ready for. */
  protected turn(): void {
    const core = this.earliestCore();
    const due = this.events.nextTime;
    if (core === null || due <= core.time) {
      if (due === Number.POSITIVE_INFINITY) {
        this.end(this.processes.every((p) => p.exit) ? 'exited' : 'deadlock');
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

  protected go(thread: Thread): void {
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
  protected doDeferred(thread: Thread, operation: Operation): boolean {
    try {
      const result = this.executeOrPark(operation);
      if (result === SUSPENDED) return false;
      thread.stack.answer(result);
    } catch (error) {
      thread.stack.fail(error);
    }
    return true;
  }
}
