/**
 * The event loop of one process, in Node's order: microtasks until there are none, then a turn of timers, posted
 * tasks and immediates, with microtasks after each callback. Time is the machine's. Nothing here runs by itself:
 * `run` is a routine at the bottom of the main thread's stack.
 */
import { type Host, SUSPENDED } from '../host.ts';
import type { Routine } from './builtin.ts';
import type { Job, JobAbout, LoopPhase, LoopQueues, QueueEntry } from './loop-queues.ts';
import type { Runtime } from './runtime.ts';
import { TimerLists } from './timers.ts';

/** Ticks charged for taking a job from a queue. */
const TICKS_PER_JOB = 160;

/** A promise that was rejected while nobody listened. */
interface Rejection {
  readonly handled: boolean;
  readonly result: unknown;
}

/** Something the loop calls in a later turn. */
interface Task {
  readonly callback: unknown;
  readonly args: readonly unknown[];
  /** Where the program asked for it; -1 where something outside did. */
  readonly site: number;
}

export class EventLoop {
  readonly #host: Host;
  readonly #timers: TimerLists;
  #microtasks: Job[] = [];
  #immediates = new Map<number, Task>();
  #tasks: Task[] = [];
  #rejections: Rejection[] = [];
  /** Things on their way that will be posted. */
  #held = 0;
  #lastImmediate = 0;
  #ended = false;
  /** The loop waits in `idleUntil`. */
  #idling = false;
  /** Reactions to promises that are still pending. */
  #awaited = 0;
  /** The microtasks and the posted tasks being worked off, and how many of each have begun. */
  #batch: readonly Job[] = [];
  #begun = 0;
  #posted: readonly Task[] = [];
  #called = 0;
  /** The microtask or else the callback under way, and the phase of the turn. */
  #job: Job | null = null;
  #current: Task | null = null;
  #phase: LoopPhase = 'program';

  constructor(host: Host) {
    this.#host = host;
    this.#timers = new TimerLists(host);
  }

  /** A promise job or a `queueMicrotask` callback: runs before anything else the loop does. */
  enqueue(job: Job): void {
    this.#microtasks.push(job);
    this.#notice();
  }

  /** `queueMicrotask(callback)`. */
  enqueueCall(callback: unknown): void {
    this.enqueue(new CallJob(callback));
  }

  /** Run `callback` in the poll phase of the loop: how the kernel hands in what has arrived. */
  post(callback: unknown, args: readonly unknown[]): void {
    this.#tasks.push({ callback, args, site: -1 });
    this.#notice();
  }

  /** Something is on its way that will be posted: the loop waits for it (libuv's active handle). */
  hold(): void {
    this.#held++;
  }

  /** It has come, or nobody wants it any more. */
  release(): void {
    this.#held--;
  }

  /** Start a timer of `delay` milliseconds; returns its id. */
  setTimer(callback: unknown, delay: unknown, args: readonly unknown[], repeat: boolean, site = -1): number {
    const id = this.#timers.start(callback, delay, args, repeat, site);
    this.#notice();
    return id;
  }

  clearTimer(id: unknown): void {
    this.#timers.stop(id);
  }

  setImmediate(callback: unknown, args: readonly unknown[], site = -1): number {
    this.#immediates.set(++this.#lastImmediate, { callback, args, site });
    this.#notice();
    return this.#lastImmediate;
  }

  clearImmediate(id: unknown): void {
    this.#immediates.delete(Number(id));
  }

  /** Somebody waits for a promise. */
  await(): void {
    this.#awaited++;
  }

  /** A promise that so many reactions waited for was settled. */
  settled(reactions: number): void {
    this.#awaited -= reactions;
  }

  /** The loop has nothing to do and waits for other threads: for what they post, or for their end. */
  get waitsForThreads(): boolean {
    return this.#idling && this.isIdle;
  }

  #notice(): void {
    if (this.#idling || this.#host.isToldAll) this.#host.wake?.();
  }

  /** A promise was rejected and nobody listens yet: fatal unless someone does before the microtasks end. */
  trackRejection(promise: Rejection): void {
    this.#rejections.push(promise);
  }

  /** An error ended the process. */
  get hasFailed(): boolean {
    return this.#ended;
  }

  /** Nothing is left to do. */
  get isIdle(): boolean {
    return (
      this.#microtasks.length +
        this.#tasks.length +
        this.#immediates.size +
        this.#rejections.length +
        this.#held ===
        0 && this.#timers.nextExpiry() === Infinity
    );
  }

  /** What waits in the queues now, and what runs. */
  look(): LoopQueues {
    const job = this.#job;
    const call = ({ callback, site }: Task): QueueEntry => ({ kind: 'call', callback, site });
    const current = this.#current && call(this.#current);
    const phase = job ? 'microtask' : this.#idling ? 'waiting' : this.#phase;
    return {
      phase: phase === 'program' || job || current || this.#idling || phase === 'over' ? phase : 'turning',
      now: job?.about ?? current,
      microtasks: [...this.#batch.slice(this.#begun), ...this.#microtasks].map(({ about }) => about),
      timers: this.#timers.list().map(({ timer, due }) => ({
        ...call(timer),
        due,
        ...(timer.repeat && { repeat: timer.milliseconds }),
      })),
      tasks: [...this.#posted.slice(this.#called), ...this.#tasks].map(call),
      immediates: [...this.#immediates.values()].map(call),
      held: this.#held,
    };
  }

  /** Run until there is nothing left to do, or an error nobody catches has ended the process. */
  *run(rt: Runtime): Routine<void> {
    this.#phase = 'turning';
    yield* this.#drain(rt);
    while (!this.#ended && (!this.isIdle || this.#mayBeSettled())) {
      yield* this.#runTimers(rt);
      yield* this.#runTasks(rt);
      yield* this.#runImmediates(rt);
    }
    this.#phase = 'over';
  }

  /** Somebody waits for a promise, and there are threads that could settle it. */
  #mayBeSettled(): boolean {
    return this.#awaited > 0 && this.#host.othersLive?.() === true;
  }

  /** Due timers, list by list; when nothing else is left, sleep until the next is due. */
  *#runTimers(rt: Runtime): Routine<void> {
    if (this.#tasks.length + this.#immediates.size === 0) {
      const next = this.#timers.nextExpiry();
      this.#idling = next > this.#host.now();
      if (this.#idling && this.#host.idleUntil(next) === SUSPENDED) yield;
      this.#idling = false;
      yield* this.#drain(rt);
    }
    const now = this.#host.now();
    this.#phase = 'timer';
    for (let timer = this.#timers.takeDue(now); timer && !this.#ended; timer = this.#timers.takeDue(now)) {
      const start = this.#host.now();
      yield* this.#runTask(rt, timer);
      this.#timers.rearm(timer, start);
    }
  }

  /** What had been posted when the phase began. */
  *#runTasks(rt: Runtime): Routine<void> {
    const tasks = this.#tasks;
    this.#tasks = [];
    this.#phase = 'task';
    this.#posted = tasks;
    for (let i = 0; i < tasks.length && !this.#ended; i++) {
      this.#called = i + 1;
      yield* this.#runTask(rt, tasks[i] as Task);
    }
    this.#posted = [];
    this.#called = 0;
  }

  /** The immediates set before the phase began; those set meanwhile wait for the next turn. */
  *#runImmediates(rt: Runtime): Routine<void> {
    const last = this.#lastImmediate;
    this.#phase = 'immediate';
    for (const id of this.#immediates.keys()) {
      if (id > last) break;
      const task = this.#immediates.get(id);
      this.#immediates.delete(id);
      if (task && !this.#ended) yield* this.#runTask(rt, task);
    }
  }

  *#runTask(rt: Runtime, task: Task): Routine<void> {
    this.#current = task;
    try {
      if (rt.apply(task.callback, undefined, task.args) === SUSPENDED) yield;
    } catch (error) {
      this.#fail(error);
    }
    this.#current = null;
    yield* this.#drain(rt);
  }

  /** Microtasks, including those that microtasks add; then rejections nobody has handled by now. */
  *#drain(rt: Runtime): Routine<void> {
    while (this.#microtasks.length > 0 || this.#rejections.length > 0) {
      const batch = this.#microtasks;
      this.#microtasks = [];
      this.#batch = batch;
      for (let i = 0; i < batch.length && !this.#ended; i++) {
        if (this.#host.charge(TICKS_PER_JOB) < 0) yield;
        const job = batch[i] as Job;
        this.#job = job;
        this.#begun = i + 1;
        try {
          yield* job.run(rt);
        } catch (error) {
          this.#fail(error);
        }
      }
      this.#job = null;
      this.#batch = [];
      this.#begun = 0;
      if (this.#ended) return;
      if (this.#microtasks.length === 0) this.#reportRejections();
    }
  }

  #reportRejections(): void {
    const rejections = this.#rejections;
    this.#rejections = [];
    for (let i = 0; i < rejections.length && !this.#ended; i++) {
      const rejection = rejections[i] as Rejection;
      if (!rejection.handled) this.#fail(unhandled(rejection.result));
    }
  }

  #fail(error: unknown): void {
    this.#ended = true;
    this.#host.uncaught(error);
  }
}

/** A callback of `queueMicrotask`. */
class CallJob implements Job {
  private readonly callback: unknown;

  constructor(callback: unknown) {
    this.callback = callback;
  }

  get about(): JobAbout {
    return { kind: 'call', callback: this.callback };
  }

  *run(rt: Runtime): Routine<void> {
    if (rt.call0(this.callback, undefined) === SUSPENDED) yield;
  }
}

/** A rejection by something that is no Error gets one that says so, as in Node. */
function unhandled(reason: unknown): unknown {
  if (reason instanceof Error) return reason;
  return new Error(`A promise was rejected and nobody handled it. The reason: ${String(reason)}`);
}
