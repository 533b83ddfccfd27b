import { type Host, Instance, type Outcome, type Program, type Stack, SUSPENDED } from '../language/index.ts';
import { Door } from './door.ts';
import { SystemError } from './errors.ts';
import type { Fiber } from './fiber.ts';
import type { Readable } from './ipc/poll.ts';
import type { SharedMemory } from './ipc/shared-memory.ts';
import { type KernelObject, Operation } from './operation.ts';
import { type ExitStatus, Process } from './process.ts';
import type { CostName, ProcessSettings, ThreadSettings } from './requests.ts';
import type { SignalAction } from './signals.ts';
import { Thread } from './thread.ts';

/** A parent sees so much of an exit code. */
const LOW_BYTE = 0xff;

export type { CostName, ProcessEntry, ProcessSettings, ThreadSettings } from './requests.ts';

/** The module that programs import, and the cell that tells its functions which kernel is running. */
export interface Library {
  readonly module: Readonly<Record<string, unknown>>;
  /** Set before any code of a program runs; two kernels may take turns with one library. */
  kernel: Kernel;
}

/**
 * Threads, processes and the one door: what is the same whether operations are done at once on simulated cores (`System`) or only
 * when a scheduler says so (`Stepper`).
 */
export abstract class Kernel extends Door {
  readonly program: Program;
  readonly library: Library;
  readonly threads: Thread[] = [];
  readonly processes: Process[] = [];

  constructor(program: Program, library: Library) {
    super();
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
  /** Writes a line. SUSPENDED where its turn in time has not come yet. */
  abstract print(process: Process, text: string): unknown;
  /** A number in [0, 1) from the machine's source of chance. */
  abstract random(): number;
  /** The thread will never run again. */
  protected abstract forget(thread: Thread): void;
  protected abstract hostFor(process: Process): Host;
  /** The whole process is over. */
  protected abstract ended(process: Process): void;

  /** The first process, about to run the program. */
  protected boot(name: string): Process {
    this.library.kernel = this;
    const process = this.addProcess(name, null);
    this.addThread(process, process.instance.main(), { name: 'main' });
    return process;
  }

  protected addProcess(name: string, parent: Process | null): Process {
    const process = new Process(this.newId(), this.processes.length + 1, name, parent);
    parent?.children.push(process);
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
    thread.holdBackLike(this.running);
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
    return this.perform(new Operation('detach', thread));
  }

  protected override executed({ kind, object }: Operation): void {
    if (kind === 'detach') this.released(object as Thread);
  }

  /** Cores a thread can be bound to. */
  get coreCount(): number {
    return Number.POSITIVE_INFINITY;
  }

  // What a kernel that cannot copy processes refuses.

  /** Splits the process; the child runs `body` where one is given, else it goes on from here. */
  fork(_body: (() => unknown) | null, _settings: ProcessSettings): unknown {
    return this.refuse('fork');
  }

  /** Sends a signal to the process the caller knows by this pid, or to one of its threads. */
  kill(_pid: number, _signal: string, _thread?: Thread): unknown {
    return this.refuse('kill');
  }

  /** Every process the caller can see: a list of `ProcessEntry`, or SUSPENDED. */
  listProcesses(): unknown {
    return this.refuse('processes');
  }

  /** The caller's pid and its parent's, as it sees them. */
  pids(): { readonly own: number; readonly parent: number } {
    return { own: 1, parent: 0 };
  }

  /** The pid of the caller's parent, or SUSPENDED. */
  parentNumber(): unknown {
    return this.pids().parent;
  }

  /** The child the caller knows by this pid (-1: any), for `waitpid`. */
  childNumber(pid: number): number {
    return pid;
  }

  setNice(nice: number): void {
    this.running.process.nice = nice;
  }

  /** An object that processes find by name. */
  named<O extends KernelObject>(_kind: string, _name: string, make: () => O): O {
    return make();
  }

  setSignalAction(_signal: string, _action: SignalAction): SignalAction {
    return this.refuse('signal');
  }

  /** Holds signals back in the calling thread, or lets them through again. */
  maskSignals(_signals: readonly string[], _isBlocked: boolean): unknown {
    return this.refuse('blockSignals');
  }

  /** SIGALRM for the calling process after so many ticks; 0: never mind. */
  alarm(_ticks: number): void {
    this.refuse('alarm');
  }

  /** The calling thread waits for a device to work so long. */
  io(ticks: number, _device: string): unknown {
    return this.sleep(ticks);
  }

  /** The same without waiting: `done` is called on the process's event loop. */
  ioAsync(_ticks: number, _device: string, _done: () => void): void {
    this.refuse('ioAsync');
  }

  /** Calls `listener` on the event loop whenever the source is readable, until the returned function is called. */
  watchReadable(_source: Readable, _listener: () => void): () => void {
    return this.refuse('onReadable');
  }

  /** Reserves heap memory for the calling process. */
  malloc(bytes: number): number {
    const { heap, instance } = this.running.process;
    return heap.allocate(bytes, (size) => {
      try {
        return instance.runtime.host.allocate(size);
      } catch {
        throw new SystemError('ENOMEM', `malloc: no room for ${bytes} bytes in the heap of the process`);
      }
    });
  }

  /** Gives it back; address 0 is no block and needs nothing. A mistake ends the process. */
  free(address: number): unknown {
    if (address === 0) return undefined;
    const { process } = this.running;
    const outcome = process.heap.free(address);
    return outcome === 'freed' ? undefined : this.abort(process, address, outcome);
  }

  protected abort(_process: Process, address: number, outcome: string): unknown {
    throw new SystemError(
      'EINVAL',
      `free: ${address} ${outcome === 'double' ? 'was freed before' : 'is no block of malloc'}`,
    );
  }

  /** The word at a virtual address, and another one put there. */
  peek(_address: number): unknown {
    return this.refuse('peek');
  }

  poke(_address: number, _value: number): unknown {
    return this.refuse('poke');
  }

  mmap(_bytes: number, _shared: boolean, _protection: string): number {
    return this.refuse('mmap');
  }

  munmap(_address: number): void {
    this.refuse('munmap');
  }

  mprotect(_address: number, _protection: string): void {
    this.refuse('mprotect');
  }

  /** Maps a shared region into the calling process; its address there. */
  mapShared(_memory: SharedMemory): number {
    return 0;
  }

  /** A kernel object that is shared by name or handed to children: made once, found again in a copy of the process. */
  share<T>(make: () => T): T {
    return make();
  }

  /** The running thread looks at an object without changing it, and cannot stop for that. */
  noteLook(_object: KernelObject): void {}

  /** The calling thread is about to `look` at an object without changing it, or to change it (`listen`). SUSPENDED where a scheduler wants to be asked. */
  approach(_object: KernelObject, _kind: 'look' | 'listen'): unknown {
    return undefined;
  }

  /** A fact from outside the program, noted so that a copy of the process learns the same. */
  observe<T>(fact: T): T {
    return fact;
  }

  private refuse(call: string): never {
    throw new SystemError('ENOSYS', `${call} is not modelled here: it works in a run, not in the explorer`);
  }

  /** The calling process ends with this code. */
  exit(code: number): typeof SUSPENDED {
    this.exitProcess(this.running.process, { code, signal: null });
    return SUSPENDED;
  }

  /** The calling thread is over, whatever it was about to do. */
  exitThread(): typeof SUSPENDED {
    this.endThread(this.running, undefined);
    return SUSPENDED;
  }

  /** Runs the thread until it stops; switches between its fibers are part of that. */
  protected resume(thread: Thread): Outcome {
    for (;;) {
      const outcome = thread.stack.resume();
      if (outcome === 'suspended') {
        if (!thread.hasSwitched) return outcome;
        thread.hasSwitched = false;
      } else if (thread.state === 'ended' || !this.leaveFiber(thread, outcome)) return outcome;
    }
  }

  /** The running fiber has ended: whoever resumed it goes on. False where it was no fiber. */
  private leaveFiber(thread: Thread, outcome: Outcome): boolean {
    const fiber = thread.fibers.pop();
    if (!fiber) return false;
    const { value } = thread.stack;
    thread.stack = fiber.below as Stack;
    fiber.state = 'ended';
    this.spend('fiberSwitch');
    if (outcome === 'threw') thread.stack.fail(value);
    else thread.stack.answer({ value, done: true });
    return true;
  }

  /** The calling thread has made a fiber: remembered where the program is compiled for somebody who looks inside. */
  madeFiber(fiber: Fiber): void {
    const { process } = this.running;
    fiber.thread = this.running;
    if (process.instance.runtime.shownFrames !== null) process.fibers.push(fiber);
  }

  /** The calling thread goes on in the fiber, which gets `value`. */
  resumeFiber(fiber: Fiber, value: unknown): typeof SUSPENDED {
    const thread = this.running;
    this.requireSuspendable('resume');
    if (fiber.state === 'ended') throw new SystemError('EINVAL', 'resume: this fiber has ended');
    if (fiber.state === 'running') throw new SystemError('EINVAL', 'resume: this fiber is running already');
    this.spend('fiberSwitch');
    fiber.below = thread.stack;
    const isNew = fiber.state === 'new';
    fiber.stack ??= thread.process.instance.call(fiber.body as () => unknown, [value]);
    if (!isNew) fiber.stack.answer(value);
    fiber.state = 'running';
    fiber.thread = thread;
    thread.fibers.push(fiber);
    thread.stack = fiber.stack;
    thread.hasSwitched = true;
    return SUSPENDED;
  }

  /** The running fiber stops; whoever resumed it gets `value`. */
  yieldFiber(value: unknown): typeof SUSPENDED {
    const thread = this.running;
    const fiber = thread.fibers.at(-1);
    if (!fiber) throw new SystemError('EPERM', 'Fiber.yield: the caller is not inside a fiber');
    this.requireSuspendable('Fiber.yield');
    thread.fibers.pop();
    this.spend('fiberSwitch');
    fiber.state = 'suspended';
    thread.stack = fiber.below as Stack;
    thread.stack.answer({ value, done: false });
    thread.hasSwitched = true;
    return SUSPENDED;
  }

  /** The thread is over: by returning (`error` left out) or by an error it did not catch. */
  endThread(thread: Thread, value: unknown): void {
    if (thread.state === 'ended') return;
    thread.result = value;
    if (thread.process.runsBody && thread === thread.process.main && typeof value === 'number')
      thread.process.exitCode = value & LOW_BYTE;
    if (thread !== thread.process.main) this.spend('threadExit');
    this.retire(thread);
    this.settle(thread);
    this.released(thread);
  }

  /** The thread, just ended or detached, keeps its process alive no longer. */
  released(thread: Thread): void {
    const { process } = thread;
    const countedBefore = thread.isDetached && thread.state === 'ended';
    if (process.exit !== null || countedBefore) return;
    if (--process.live === 0) this.exitProcess(process, { code: process.exitCode, signal: null });
    else if (process.live === 1 && process.instance.runtime.loop.waitsForThreads) this.wakeLoop(process);
  }

  /** The event loop of a process has something to do: the thread that waits for that goes on. A history that is replayed tells so itself. */
  wakeLoop(_process: Process): void {}

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
