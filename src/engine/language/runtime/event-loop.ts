/**
 * The event loop of one process, in Node's order: microtasks until there are none, then a turn of timers, posted
 * tasks and immediates, with microtasks after each callback. Time is the machine's. Nothing here runs by itself:
 * `run` is a routine at the bottom of the main thread's stack.
 */
import { type Host, SUSPENDED } from '../host.ts';
import type { Routine } from './builtin.ts';
import type { Frame } from './forms.ts';
import type { Runtime } from './runtime.ts';
import { TimerLists } from './timers.ts';

/** Ticks charged for taking a job from a queue. */
const TICKS_PER_JOB = 160;

/** One microtask: makes the activation that does its work. */
export type Job = (rt: Runtime) => Frame;

/** A promise that was rejected while nobody listened. */
interface Rejection {
  readonly handled: boolean;
  readonly result: unknown;
}

/** Something the loop calls in a later turn. */
interface Task {
  readonly callback: unknown;
  readonly args: readonly unknown[];
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
    this.enqueue((rt) => callJob(rt, callback));
  }

  /** Run `callback` in the poll phase of the loop: how the kernel hands in what has arrived. */
  post(callback: unknown, args: readonly unknown[]): void {
    this.#tasks.push({ callback, args });
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
  setTimer(callback: unknown, delay: unknown, args: readonly unknown[], repeat: boolean): number {
    const id = this.#timers.start(callback, delay, args, repeat);
    this.#notice();
    return id;
  }

  clearTimer(id: unknown): void {
    this.#timers.stop(id);
  }

  setImmediate(callback: unknown, args: readonly unknown[]): number {
    this.#immediates.set(++this.#lastImmediate, { callback, args });
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

  /** Run until there is nothing left to do, or an error nobody catches has ended the process. */
  *run(rt: Runtime): Routine<void> {
    yield* this.#drain(rt);
    while (!this.#ended && (!this.isIdle || this.#mayBeSettled())) {
      yield* this.#runTimers(rt);
      yield* this.#runTasks(rt);
      yield* this.#runImmediates(rt);
    }
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
    for (let i = 0; i < tasks.length && !this.#ended; i++) yield* this.#runTask(rt, tasks[i] as Task);
  }

  /** The immediates set before the phase began; those set meanwhile wait for the next turn. */
  *#runImmediates(rt: Runtime): Routine<void> {
    const last = this.#lastImmediate;
    for (const id of this.#immediates.keys()) {
      if (id > last) break;
      const task = this.#immediates.get(id);
      this.#immediates.delete(id);
      if (task && !this.#ended) yield* this.#runTask(rt, task);
    }
  }

  *#runTask(rt: Runtime, task: Task): Routine<void> {
    try {
      if (rt.apply(task.callback, undefined, task.args) === SUSPENDED) yield;
    } catch (error) {
      this.#fail(error);
    }
    yield* this.#drain(rt);
  }

  /** Microtasks, including those that microtasks add; then rejections nobody has handled by now. */
  *#drain(rt: Runtime): Routine<void> {
    while (this.#microtasks.length > 0 || this.#rejections.length > 0) {
      const batch = this.#microtasks;
      this.#microtasks = [];
      for (let i = 0; i < batch.length && !this.#ended; i++) {
        if (this.#host.charge(TICKS_PER_JOB) < 0) yield;
        try {
          yield* (batch[i] as Job)(rt);
        } catch (error) {
          this.#fail(error);
        }
      }
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

function* callJob(rt: Runtime, callback: unknown): Routine<void> {
  if (rt.call0(callback, undefined) === SUSPENDED) yield;
}

/** A rejection by something that is no Error gets one that says so, as in Node. */
function unhandled(reason: unknown): unknown {
  if (reason instanceof Error) return reason;
  return new Error(`A promise was rejected and nobody handled it. The reason: ${String(reason)}`);
}
