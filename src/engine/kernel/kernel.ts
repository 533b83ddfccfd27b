import { type Host, Instance, type Program, SUSPENDED } from '../language/index.ts';
import { SystemError } from './errors.ts';
import { type KernelObject, Operation } from './operation.ts';
import { type ExitStatus, Process } from './process.ts';
import { Thread } from './thread.ts';
import { Timers } from './timers.ts';

/** The module that programs import, and the cell that tells its functions which kernel is running. */
export interface Library {
  readonly module: Readonly<Record<string, unknown>>;
  /** Set before any code of a program runs; two kernels may take turns with one library. */
  kernel: Kernel;
}

/** What a new thread is given. Durations in ticks. */
export interface ThreadSettings {
  readonly name?: string;
  readonly priority?: number;
  readonly core?: number;
  readonly stackSize?: number;
  readonly arrival?: number;
  readonly expected?: number;
}

/** What a kernel path costs, by the name it has in the cost profile. */
export type CostName =
  | 'modeSwitch'
  | 'futexWait'
  | 'futexWake'
  | 'wake'
  | 'pipeOperation'
  | 'socketOperation'
  | 'threadCreate'
  | 'atomic'
  | 'mutex'
  | 'lineTransfer'
  | 'fiberSwitch'
  | 'signal';

/**
 * Threads, processes and the one door: what is the same whether operations are done at once on simulated cores (`System`) or only
 * when a scheduler says so (`Stepper`).
 */
export abstract class Kernel {
  readonly program: Program;
  readonly library: Library;
  readonly threads: Thread[] = [];
  readonly processes: Process[] = [];
  /** The thread whose code runs now. */
  running!: Thread;
  private lastId = 0;
  readonly timers = new Timers(this.newId());

  constructor(program: Program, library: Library) {
    this.program = program;
    this.library = library;
  }

  /** Do an operation for the running thread: its result, or SUSPENDED where the thread has to wait. */
  abstract perform(operation: Operation): unknown;
  /** Virtual time, ticks. */
  abstract now(): number;
  /** The running thread spends time on this path. */
  abstract spend(cost: CostName): void;
  /** The running thread copies this many bytes through the kernel. */
  abstract copy(bytes: number): void;
  /** The running thread burns CPU. */
  abstract compute(ticks: number): unknown;
  abstract print(process: Process, text: string): void;
  /** A number in [0, 1) from the machine's source of chance. */
  abstract random(): number;
  /** The thread can run. */
  protected abstract makeReady(thread: Thread): void;
  /** The thread waits in its pending operation. */
  protected abstract makeBlocked(thread: Thread): void;
  /** The thread will never run again. */
  protected abstract forget(thread: Thread): void;
  protected abstract hostFor(process: Process): Host;
  /** The whole process is over. */
  protected abstract ended(process: Process): void;

  /** A number for a new kernel object. */
  newId(): number {
    return ++this.lastId;
  }

  /** The first process, about to run the program. */
  protected boot(name: string): Process {
    this.library.kernel = this;
    const process = this.addProcess(name, null);
    this.addThread(process, process.instance.main(), { name: 'main' });
    return process;
  }

  protected addProcess(name: string, parent: Process | null): Process {
    const process = new Process(this.processes.length + 1, name, parent);
    process.instance = new Instance(this.program, this.hostFor(process), this.library.module);
    this.processes.push(process);
    return process;
  }

  protected addThread(process: Process, stack: Thread['stack'], settings: ThreadSettings): Thread {
    const tid = this.threads.length + 1;
    const thread = new Thread(this.newId(), tid, process, settings.name ?? `thread ${tid}`, stack);
    thread.basePriority = thread.priority = settings.priority ?? 1;
    thread.affinity = settings.core ?? -1;
    thread.expected = settings.expected ?? 0;
    this.threads.push(thread);
    process.threads.push(thread);
    process.live++;
    return thread;
  }

  /** A new thread of the running one's process, running `body`. */
  spawn(body: () => unknown, settings: ThreadSettings): Thread {
    const { process } = this.running;
    const options = settings.stackSize === undefined ? {} : { stackBytes: settings.stackSize };
    const thread = this.addThread(process, process.instance.call(body, [], options), settings);
    this.spend('threadCreate');
    this.started(thread, settings.arrival ?? 0);
    return thread;
  }

  /** A new thread is to become ready at `arrival` (or now). */
  protected started(thread: Thread, _arrival: number): void {
    this.makeReady(thread);
  }

  /** A kernel object exists; the trace names it. Returns it. */
  addObject<O extends KernelObject>(object: O): O {
    return object;
  }

  /** The calling thread waits `ticks`. */
  sleep(ticks: number): unknown {
    const sleep = new Operation('sleep', this.timers);
    sleep.deadline = this.now() + ticks;
    return this.perform(sleep);
  }

  /** CPU time the thread has used, ticks. */
  cpuTime(thread: Thread): number {
    return thread.used;
  }

  setPriority(thread: Thread, priority: number): void {
    thread.basePriority = thread.priority = priority;
  }

  /** The calling thread lets others go first. */
  yieldNow(): unknown {
    this.running.yielding = true;
    return SUSPENDED;
  }

  detach(thread: Thread): unknown {
    const result = this.perform(new Operation('detach', thread));
    if (result !== SUSPENDED) this.released(thread);
    return result;
  }

  /** The calling thread is over, whatever it was about to do. */
  exitThread(): typeof SUSPENDED {
    this.endThread(this.running, undefined);
    return SUSPENDED;
  }

  /** Does an enabled operation and lets go on whoever it makes able to. Returns and throws as the caller's call does. */
  protected execute(operation: Operation): unknown {
    const { object, also } = operation;
    try {
      return object.execute(operation);
    } finally {
      if (object.queues.length > 0) this.settle(object);
      if (also !== null && also.queues.length > 0) this.settle(also);
    }
  }

  /** Executes if that is possible, else parks: the way operations go in a run. */
  protected executeOrPark(operation: Operation): unknown {
    let current = operation;
    for (;;) {
      if (!current.enabled()) return this.park(current);
      const result = this.execute(current);
      if (!(result instanceof Operation)) return result;
      result.thread = operation.thread;
      result.site = operation.site;
      current = result;
    }
  }

  private park(operation: Operation): typeof SUSPENDED {
    const { thread } = operation;
    if (!thread.process.instance.canSuspend && this.running === thread) {
      throw new SystemError(
        'EDEADLK',
        `${operation.kind} would block inside a function that a built-in called, and such a call cannot be suspended. Call it from a loop of your own instead.`,
      );
    }
    thread.pending = operation;
    operation.object.queueOf(operation).push(operation);
    this.makeBlocked(thread);
    return SUSPENDED;
  }

  /** Serve the waiters of an object, in order, as long as the first of a queue is enabled. */
  settle(object: Operation['object']): void {
    for (let progress = true; progress; ) {
      progress = false;
      for (const queue of object.queues) {
        for (let waiter = queue.first; waiter?.enabled(); waiter = queue.first) {
          this.wake(waiter);
          progress = true;
        }
      }
    }
  }

  /** A waiter's operation is enabled: do it on its behalf and let it go on with the result. */
  protected wake(operation: Operation): void {
    const { thread } = operation;
    operation.queue?.remove(operation);
    try {
      const result = this.execute(operation);
      if (result instanceof Operation) {
        result.thread = thread;
        result.site = operation.site;
        if (!result.enabled()) {
          thread.pending = result;
          result.object.queueOf(result).push(result);
          return;
        }
        thread.stack.answer(this.execute(result));
      } else thread.stack.answer(result);
    } catch (error) {
      thread.stack.fail(error);
    }
    thread.pending = null;
    this.makeReady(thread);
  }

  /** The thread is over: by returning (`error` left out) or by an error it did not catch. */
  endThread(thread: Thread, value: unknown): void {
    if (thread.state === 'ended') return;
    thread.result = value;
    this.retire(thread);
    this.settle(thread);
    this.released(thread);
  }

  /** The thread, just ended or detached, keeps its process alive no longer. */
  released(thread: Thread): void {
    const { process } = thread;
    const countedBefore = thread.isDetached && thread.state === 'ended';
    if (process.exit !== null || countedBefore) return;
    if (--process.live === 0) this.exitProcess(process, { code: 0, signal: null });
  }

  /** The process is over, with all its threads. */
  exitProcess(process: Process, status: ExitStatus): void {
    if (process.exit !== null) return;
    process.exit = status;
    for (const thread of process.threads) if (thread.state !== 'ended') this.retire(thread);
    this.ended(process);
  }

  /** An error nobody caught ends the process. */
  uncaught(process: Process, error: unknown): void {
    if (process.exit !== null) return;
    process.error = error;
    this.exitProcess(process, { code: 1, signal: null });
  }

  private retire(thread: Thread): void {
    const { pending } = thread;
    pending?.queue?.remove(pending);
    thread.pending = thread.deferred = null;
    this.forget(thread);
  }
}
