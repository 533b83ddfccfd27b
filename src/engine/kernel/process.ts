import type { Instance } from '../language/index.ts';
import type { AddressSpace } from '../machine/memory/index.ts';
import type { TracedMemory } from '../trace/trace.ts';
import { type Container, pidSeenBy } from './container.ts';
import { SystemError } from './errors.ts';
import type { Fiber } from './fiber.ts';
import type { ForkLog } from './fork-log.ts';
import { Heap } from './heap.ts';
import { MMAP_BASE } from './layout.ts';
import type { KernelObject, Operation } from './operation.ts';
import type { RaceDetector } from './race-detector.ts';
import type { SignalAction } from './signals.ts';
import type { Thread } from './thread.ts';
import { WaitQueue } from './wait-queue.ts';

/** How a process ended: by `exit` (no signal) or by a signal (no code). */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Something a process has open: a pipe's end, a socket. */
export interface Resource extends KernelObject {
  /** The process is over. */
  drop(process: Process): void;
  /** A child has open what its parent has. */
  inherit(parent: Process, child: Process): void;
}

/**
 * A process as the kernel knows it (process control block). As a kernel object it is what its parent waits on: `waitpid` is an operation of the
 * parent, enabled when a child it asks for has ended (or there is none: then it fails), and changes it.
 */
export class Process implements KernelObject {
  readonly kind = 'process';
  readonly isShared = true;
  readonly id: number;
  readonly pid: number;
  readonly name: string;
  parent: Process | null;
  instance!: Instance;
  readonly threads: Thread[] = [];
  /** Threads it has had, those of its ancestors before the fork included. */
  threadsMade = 0;
  exit: ExitStatus | null = null;
  /** Its parent has its status: nothing of it is left. */
  isReaped = false;
  /** The error that ended it, where one did. */
  error: unknown = undefined;
  nice = 0;
  /** Its threads that keep it alive: neither ended nor detached. */
  live = 0;
  readonly children: Process[] = [];
  readonly resources = new Set<Resource>();
  readonly actions = new Map<string, SignalAction>();
  /** Signals that every thread holds back. */
  readonly pendingSignals: string[] = [];
  /** SIGSTOP: none of its threads runs until SIGCONT. */
  isStopped = false;
  /** The thread that holds the interpreter lock, where the machine has one. */
  interpreter: Thread | null = null;
  /** Ticks at which it was given back last. */
  interpreterFreeAt = 0;
  /** Threads that could run but for the interpreter lock, or because the process is stopped. */
  readonly heldBack: Thread[] = [];
  container: Container | null = null;
  log: ForkLog | null = null;
  /** Callbacks that the kernel may hand to its event loop, in order of registration. */
  readonly callbacks: (() => void)[] = [];
  /** It began with the body of `new Process`, whose result is its exit code. */
  runsBody = false;
  exitCode = 0;
  space!: AddressSpace;
  /** Its memory as it was when it ended. */
  lastMemory: TracedMemory | null = null;
  readonly heap = new Heap();
  /** Looks for data races, from the second thread on. */
  races: RaceDetector | null = null;
  /** Where the next mapping goes. */
  mmapTop = MMAP_BASE;
  /** Bytes it may have in use. */
  memoryLimit = Number.POSITIVE_INFINITY;
  /** The fibers it has made, in a program that shows its variables. */
  readonly fibers: Fiber[] = [];
  private readonly waiters = new WaitQueue();
  readonly queues = [this.waiters];
  /** What `pause` waits for. */
  readonly signals = new SignalWait();

  constructor(id: number, pid: number, name: string, parent: Process | null) {
    this.id = id;
    this.pid = pid;
    this.name = name;
    this.parent = parent;
  }

  /** Share of the CPU of each of its threads: 1024 at nice 0, a factor of 1.25 a step, as in Linux. */
  get weight(): number {
    const share = this.container ? this.container.cpuShare / 1024 : 1;
    return (1024 / 1.25 ** this.nice) * share;
  }

  get main(): Thread {
    return this.threads[0] as Thread;
  }

  /** The state `ps` shows: of several threads, the liveliest. */
  get state(): 'running' | 'ready' | 'blocked' | 'stopped' | 'zombie' {
    if (this.exit !== null) return 'zombie';
    if (this.isStopped) return 'stopped';
    const states = new Set(this.threads.map(({ state }) => state));
    if (states.has('running')) return 'running';
    return states.has('ready') ? 'ready' : 'blocked';
  }

  enabled(operation: Operation): boolean {
    const wanted = this.candidates(operation.argument as number);
    return wanted.length === 0 || wanted.some(({ exit }) => exit !== null);
  }

  execute(operation: Operation): unknown {
    const pid = operation.argument as number;
    const wanted = this.candidates(pid);
    const child = wanted.find(({ exit }) => exit !== null);
    if (!child) {
      const which =
        pid < 0
          ? 'it has no children left'
          : `process ${pid} is no child of it, or its status was collected before`;
      throw new SystemError('ECHILD', `waitpid: ${this.name} has nothing to wait for: ${which}`);
    }
    child.isReaped = true;
    this.children.splice(this.children.indexOf(child), 1);
    return { pid: pidSeenBy(this, child), ...child.exit };
  }

  /** Children that a `waitpid` asks for: one, or (-1) any. */
  private candidates(pid: number): readonly Process[] {
    return pid < 0 ? this.children : this.children.filter((child) => child.pid === pid);
  }

  writes(): boolean {
    return true;
  }

  queueOf(): WaitQueue {
    return this.waiters;
  }

  /** Who waits for a child waits for its threads. */
  holders(): readonly Thread[] {
    return this.children.flatMap(({ exit, threads }) => (exit ? [] : threads.slice(0, 1)));
  }
}

/** The next signal, as something to wait for; a handler that runs ends the wait. */
class SignalWait implements KernelObject {
  readonly kind = 'signal';
  readonly name = 'a signal';
  readonly isShared = true;
  readonly id = 0;
  readonly queues = [];

  enabled(): boolean {
    return false;
  }
  execute(): undefined {
    return undefined;
  }
  writes(): boolean {
    return false;
  }
  queueOf(): WaitQueue {
    return new WaitQueue();
  }
  holders(): readonly Thread[] {
    return [];
  }
}
