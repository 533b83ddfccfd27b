/**
 * The module `interleave`: the simulated computer as a program sees it.
 *
 * Every call that blocks, blocks: `join()`, `lock()`, `read()` and `sleep()` are plain calls, as in C or Java, because
 * the engine can suspend a thread anywhere. Durations are numbers of nanoseconds of virtual time; `us(10)` and `ms(5)`
 * make them. A mistake that a real kernel or library would report is thrown as a {@link SystemError} with its errno name;
 * a mistake that a real machine would punish is a signal that ends the process.
 */

// ---------------------------------------------------------------------------------------------------------------------
// The machine

/** Names of the scheduling policies. */
export type PolicyName = 'fifo' | 'sjf' | 'stcf' | 'rr' | 'priority' | 'lottery' | 'mlfq' | 'fair';

/** A scheduling policy with its parameters. Durations are virtual nanoseconds. */
export type Policy =
  /** First in, first out: a thread runs until it blocks or ends. POSIX calls it `SCHED_FIFO`. */
  | { name: 'fifo' }
  /** Shortest job first, by `Thread`'s `expected`; a running thread is not preempted. */
  | { name: 'sjf' }
  /** Shortest time to completion first: `sjf` that preempts when a shorter thread becomes ready. */
  | { name: 'stcf' }
  /**
   * Round robin: each thread in turn for one quantum. POSIX calls it `SCHED_RR`. `timer`: `'periodic'` interrupts every quantum whoever
   * runs, so that a switch in between does not give a whole quantum (default `'slice'`: it does). `yieldRestartsTimer`: a yield starts
   * the periodic timer anew. `turns`: thread numbers in the order in which they get their turns, again and again.
   */
  | {
      name: 'rr';
      quantum?: number;
      timer?: 'slice' | 'periodic';
      yieldRestartsTimer?: boolean;
      turns?: number[];
    }
  /** The ready thread with the highest `priority` runs; equals take turns. `aging`: waiting this long raises a thread by one. */
  | { name: 'priority'; quantum?: number; aging?: number }
  /** A ticket is drawn each quantum; a thread holds `priority` tickets (at least one). */
  | { name: 'lottery'; quantum?: number }
  /**
   * Multi-level feedback queue. `queues`: how many (3). `quanta`: the slice of each queue, highest first. `allotments`: how many
   * slices a thread may use in a queue before it moves down, highest first (1). `boost`: every this many nanoseconds all threads
   * go back to the top (0: never). `stay`: a thread that blocks gets a fresh slice and allotment. `front`: a thread that
   * comes back from a wait joins the front of its queue.
   */
  | {
      name: 'mlfq';
      queues?: number;
      quanta?: number[];
      allotments?: number[];
      boost?: number;
      stay?: boolean;
      front?: boolean;
    }
  /** Virtual deadlines, as in today's Linux (EEVDF): each thread gets its weight's share. `slice`: the base slice. */
  | { name: 'fair'; slice?: number };

/** Names of the cost profiles: the machine whose times are charged. */
export type CostProfileName = 'modern' | 'xeon-2007' | 'p6-1995' | 'free';

/** Single costs of a profile, replaced. Nanoseconds unless the name says otherwise. */
export interface CostOverrides {
  /** The profile that is changed. Default `'modern'`. */
  base?: CostProfileName;
  [cost: string]: unknown;
}

/** What a program asks of its machine. What the page's controls or the command line set wins over it. */
export interface MachineOptions {
  /** Cores, 1 to 64. Default 2. */
  cores?: number;
  /** Who runs next. Default `'rr'`. */
  policy?: PolicyName | Policy;
  /**
   * Time slice, nanoseconds, greater than 0. Default 10 µs: a hundred times shorter than Linux's, so that a program of a few lines
   * shows preemption. Except with costs `'free'`, the timer interrupt comes up to 3 % late, by chance from the seed.
   */
  quantum?: number;
  /** Seed of every random choice of the machine. Default 1. */
  seed?: number;
  /** What each operation costs. Default `'modern'`; with `'free'` only `compute` and `io` take time. */
  costs?: CostProfileName | CostOverrides;
  /** Bytes of main memory. Default 1 GiB. */
  memory?: number;
  /** `'sc'`: sequential consistency. `'tso'`: stores wait in a buffer, as on x86; shows in the explorer. Default `'sc'`. */
  memoryModel?: 'sc' | 'tso';
  /** Each process has one lock that a thread must hold to run, as in CPython. Default false. */
  interpreterLock?: boolean;
  /** `Condition.wait` may return although nobody signalled. Default false. */
  spuriousWakeups?: boolean;
}

/**
 * The machine this snippet asks for. Must be a first statement, with a literal argument; it is read before the program
 * starts and does nothing when it is reached.
 */
export function machine(options: MachineOptions): void;

// ---------------------------------------------------------------------------------------------------------------------
// Time and work

/** Virtual time since the machine was switched on, nanoseconds. POSIX `clock_gettime(CLOCK_MONOTONIC)`. */
export function now(): number;
/** CPU time the calling thread has used, nanoseconds. POSIX `clock_gettime(CLOCK_THREAD_CPUTIME_ID)`. */
export function cpuTime(): number;
/** Blocks the calling thread for at least `duration` nanoseconds. Throws `EINVAL` for a negative duration. POSIX `nanosleep`. */
export function sleep(duration: number): void;
/** Burns `duration` nanoseconds of CPU; can be preempted like any other work. Throws `EINVAL` for a negative duration. */
export function compute(duration: number): void;
/**
 * Blocks while a device works for `duration` nanoseconds. Requests to the same device wait their turn in one queue.
 * @param device Name of the device, `'disk'` by default; a new name makes a new device.
 */
export function io(duration: number, device?: string): void;
/** The same request without blocking: the promise is settled on the event loop when the device is done. */
export function ioAsync(duration: number, device?: string): Promise<void>;
/** `n` nanoseconds. */
export function ns(n: number): number;
/** `n` microseconds in nanoseconds. */
export function us(n: number): number;
/** `n` milliseconds in nanoseconds. */
export function ms(n: number): number;

// ---------------------------------------------------------------------------------------------------------------------
// Output and checks

/** Writes one line: the values, separated by spaces. `console.log` is the same. */
export function print(...values: unknown[]): void;
/** Ends the process with an AssertionError where the condition is false. C `assert`. */
export function assert(condition: unknown, message?: string): asserts condition;

// ---------------------------------------------------------------------------------------------------------------------
// Errors

/** A call the kernel or the library refuses. `code` is the errno name: `'EINVAL'`, `'EPERM'`, `'EDEADLK'`, … */
export class SystemError extends Error {
  /** errno name, as POSIX spells it. */
  readonly code: string;
}

/** How a process ended: by `exit(code)` (signal null) or by a signal (code null). POSIX `wait` status. */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: SignalName | null;
}

// ---------------------------------------------------------------------------------------------------------------------
// Threads

/** What a thread can be given when it is made. */
export interface ThreadOptions {
  /** Shown in views and messages. Default `thread N`. */
  name?: string;
  /** A larger number is more urgent. Default 1. */
  priority?: number;
  /** The only core it may run on (affinity), from 0. POSIX `pthread_setaffinity_np`. */
  core?: number;
  /** Bytes of stack. Default 8 MiB of address space, of which only touched pages take memory. */
  stackSize?: number;
  /** Virtual time at which it becomes ready, nanoseconds. Default: at once. */
  arrival?: number;
  /** CPU time it will need, nanoseconds: the hint that `sjf` and `stcf` sort by. */
  expected?: number;
}

/**
 * A thread of the calling process: it shares memory, runs `body` on its own stack, and is ready at once (C++ `std::thread`).
 * An error it does not catch ends the whole process. A process ends when its main thread and every thread that is not detached have
 * ended (as in Java).
 */
export class Thread<T = void> {
  /** At the limit of threads the run ends. Throws `EINVAL` for options that make no sense. POSIX `pthread_create`. */
  constructor(body: () => T, options?: ThreadOptions);
  /** Number of the thread, unique in the machine; the main thread of the first process is 1. */
  readonly id: number;
  readonly name: string;
  /** A larger number is more urgent; may be changed at any time. */
  priority: number;
  /** Blocks until the thread has ended; returns what its body returned. Throws `EDEADLK` for the calling thread itself, `EINVAL` for a detached or already joined thread. POSIX `pthread_join`. */
  join(): T;
  /** Nobody will join it; the process does not wait for it. Throws `EINVAL` where already joined or detached. POSIX `pthread_detach`. */
  detach(): void;
  /** Sends a signal to this thread rather than to any thread of the process. Throws `ESRCH` where it has ended. POSIX `pthread_kill`. */
  kill(signal?: SignalName): void;
}

/** The calling thread. POSIX `pthread_self`. */
export function currentThread(): Thread<unknown>;
/** Gives the processor to another ready thread, if there is one. POSIX `sched_yield`. */
export function yieldThread(): void;
/** Ends the calling thread; `finally` blocks do not run. POSIX `pthread_exit`. */
export function exitThread(): never;
/** Number of the core the caller runs on, from 0. Linux `sched_getcpu`. */
export function currentCore(): number;

/** A variable of which each thread has its own copy. Java `ThreadLocal`, C++ `thread_local`. */
export class ThreadLocal<T> {
  /** @param init First value in each thread, or a function that makes it. */
  constructor(init: T | (() => T));
  get(): T;
  set(value: T): void;
}

// ---------------------------------------------------------------------------------------------------------------------
// Synchronisation

/** What a mutex can be given when it is made. */
export interface MutexOptions {
  /** Shown in views and messages. Default `mutex N`. */
  name?: string;
  /** The owner runs with the priority of the most urgent waiter. POSIX `PTHREAD_PRIO_INHERIT`. Default false. */
  priorityInheritance?: boolean;
}

/** Mutual exclusion: at most one thread holds it. Unlocking wakes the longest waiting thread, which tries again. POSIX `pthread_mutex_t` (error-checking). */
export class Mutex {
  constructor(options?: string | MutexOptions);
  /** The name given, or `mutex N`. */
  readonly name: string;
  /** Blocks until the mutex is free and takes it. Throws `EDEADLK` where the caller holds it already. */
  lock(): void;
  /** Gives it back. Throws `EPERM` where the caller does not hold it. */
  unlock(): void;
  /** Takes it if it is free; never blocks. Returns whether it did. */
  tryLock(): boolean;
  /** Runs `body` holding the mutex and gives it back whatever happens. Python `with lock:`. */
  withLock<T>(body: () => T): T;
  /** Locks now and unlocks at the end of the block: `using _ = m.hold()`. C++ `std::lock_guard`. */
  hold(): Disposable;
  /** Takes the mutex out of use. Throws `EBUSY` while it is held or waited for; later use throws `EINVAL`. POSIX `pthread_mutex_destroy`. */
  destroy(): void;
}

/** A counter of permits; `acquire` waits while it is 0. Dijkstra's P and V; POSIX `sem_t`. */
export class Semaphore {
  /** @param permits Permits at the start, 0 or more. */
  constructor(permits: number, name?: string);
  /** Takes one permit; blocks while there is none. POSIX `sem_wait`. */
  acquire(): void;
  /** Takes one permit if there is one; never blocks. Returns whether it did. POSIX `sem_trywait`. */
  tryAcquire(): boolean;
  /** Gives `n` permits (1); any thread may. POSIX `sem_post`. */
  release(n?: number): void;
}

/** A condition variable: wait for a change of the state that `mutex` protects. POSIX `pthread_cond_t`, with Mesa semantics: test again after waking. */
export class Condition {
  constructor(mutex: Mutex, name?: string);
  /**
   * Gives the mutex back, waits for a signal, takes the mutex again. May wake spuriously where the machine says so. Throws `EPERM`
   * where the caller does not hold the mutex.
   * @param timeout Give up after this many nanoseconds.
   * @returns false where the time was up.
   */
  wait(timeout?: number): boolean;
  /** Wakes one waiter, the longest waiting; is lost where nobody waits. The caller need not hold the mutex (POSIX, C++), though it must to change the state. */
  signal(): void;
  /** Wakes every waiter. The caller need not hold the mutex. */
  broadcast(): void;
}

/** Many readers or one writer. Waiting writers go before new readers. POSIX `pthread_rwlock_t`. */
export class RWLock {
  constructor(name?: string);
  readLock(): void;
  /** Throws `EPERM` where the caller does not hold it for reading. */
  readUnlock(): void;
  writeLock(): void;
  /** Throws `EPERM` where the caller does not hold it for writing. */
  writeUnlock(): void;
}

/** A meeting point: `wait` blocks until `n` threads wait, then all go on, and it can be used again. POSIX `pthread_barrier_t`. */
export class Barrier {
  constructor(n: number, name?: string);
  /** @returns true in exactly one of the threads that met. */
  wait(): boolean;
}

/** A value whose every operation is one indivisible step and orders memory (sequentially consistent). C++ `std::atomic`. */
export class Atomic<T> {
  constructor(value: T, name?: string);
  load(): T;
  store(value: T): void;
  /** Adds and returns the old value. C++ `fetch_add`. */
  add(this: Atomic<number>, delta: number): number;
  /** Subtracts and returns the old value. C++ `fetch_sub`. */
  sub(this: Atomic<number>, delta: number): number;
  /** Stores and returns the old value. */
  exchange(value: T): T;
  /** Stores `desired` where the value is `expected` (compared as `Object.is` does); returns whether it was. C++ `compare_exchange_strong`. */
  compareExchange(expected: T, desired: T): boolean;
}

/** A queue between threads of one process. Go `chan`. */
export class Channel<T> implements Iterable<T> {
  /** @param capacity Values it holds before `send` blocks; 0: each send meets a receive. */
  constructor(capacity?: number, name?: string);
  /** Blocks while the channel is full. Throws `EPIPE` where the channel is closed. */
  send(value: T): void;
  /** Blocks while the channel is empty; null where it is empty and closed. */
  receive(): T | null;
  /** No more sends; waiting receivers get null. Throws `EPIPE` where closed already. */
  close(): void;
  /** Receives until the channel is closed and empty. */
  [Symbol.iterator](): IterableIterator<T>;
}

// ---------------------------------------------------------------------------------------------------------------------
// Processes and signals

/** What a process can be given when it is made. */
export interface ProcessOptions {
  /** Shown in views and messages. Default `process N`. */
  name?: string;
  /** −20 (largest share of the CPU) to 19 (smallest). Default 0. POSIX `nice`. */
  nice?: number;
  /** Bytes of memory it may have in use; past it, it is killed. */
  memoryLimit?: number;
  /** The container it lives in; its own children do too. */
  container?: Container;
}

/** A child process: forked from the caller, it runs `body` on its own copy of all memory, and exits with the number that `body` returns, of which its low 8 bits count (0 otherwise). */
export class Process {
  // biome-ignore lint/suspicious/noConfusingVoidType: most bodies return nothing
  constructor(body: () => number | void, options?: ProcessOptions);
  readonly pid: number;
  /** Blocks until the child has ended and collects its status. Throws `ECHILD` where somebody collected it before. POSIX `waitpid`. */
  wait(): ExitStatus;
  /** Sends a signal, `SIGTERM` by default. Throws `ESRCH` where the process is gone. */
  kill(signal?: SignalName): void;
}

/** Splits the process in two: both go on from this line, each with its own copy of everything. Returns the child's pid in the parent, 0 in the child. Only the calling thread exists in the child. POSIX `fork`. */
export function fork(): number;
/** Blocks until the child `pid` (any child where left out) has ended; collects it. Throws `ECHILD` where there is no such child. POSIX `waitpid`. */
export function waitpid(pid?: number): ExitStatus & { readonly pid: number };
/** Ends the process with this code. `finally` blocks do not run. Default 0. POSIX `_exit`. */
export function exit(code?: number): never;
/** The process's number, as it sees it. */
export function getpid(): number;
/** The parent's number; 1 where the parent has ended and the process was given to init, 0 for the first process. */
export function getppid(): number;
/** Changes the process's nice value (−20 to 19). POSIX `setpriority`. */
export function setNice(nice: number): void;

/** A process, as `ps` lists it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** `zombie`: ended, but its parent has not yet collected its status. */
  readonly state: 'running' | 'ready' | 'blocked' | 'stopped' | 'zombie';
  /** Bytes of memory in use. */
  readonly memory: number;
}
/** The processes the caller can see (in a container with private pids: its own). Like `ps`. */
export function processes(): ProcessInfo[];

/** The signals the machine knows. */
export type SignalName =
  | 'SIGHUP'
  | 'SIGINT'
  | 'SIGQUIT'
  | 'SIGABRT'
  | 'SIGFPE'
  | 'SIGKILL'
  | 'SIGSEGV'
  | 'SIGPIPE'
  | 'SIGALRM'
  | 'SIGTERM'
  | 'SIGUSR1'
  | 'SIGUSR2'
  | 'SIGCHLD'
  | 'SIGCONT'
  | 'SIGSTOP';

/** Sends a signal to a process. Throws `ESRCH` where there is none, `EINVAL` for an unknown signal. POSIX `kill`. */
export function kill(pid: number, signal?: SignalName): void;
/** A function that runs when a signal arrives. `address`: what the access that faulted was to (`SIGSEGV`), the block (`SIGABRT`); otherwise left out. */
export type SignalHandler = (name: SignalName, address?: number) => void;

/**
 * Says what happens when the signal arrives: a handler, nothing, or the default. Throws `EINVAL` for `SIGKILL` and `SIGSTOP`. Returns what it was. POSIX `sigaction`.
 *
 * A handler of `SIGSEGV` runs on the stack of the thread that faulted. When it returns, the access is done again: it succeeds where the handler has made the page
 * accessible (`mprotect`); where it fails again, the process ends. A handler may also throw (the error comes out of `peek` or `poke`) or `exit`. A fault in the handler, or
 * of a thread that blocks or ignores the signal, ends the process. A handler of `SIGABRT` runs before the process ends all the same.
 */
export function signal(
  name: SignalName,
  action: SignalHandler | 'ignore' | 'default',
): SignalHandler | 'ignore' | 'default';
/** Holds these signals back in the calling thread until `unblockSignals`. Throws `EINVAL` for `SIGKILL` and `SIGSTOP`. POSIX `pthread_sigmask(SIG_BLOCK)`. */
export function blockSignals(...names: SignalName[]): void;
/** Lets these signals through again; those that waited are delivered. POSIX `pthread_sigmask(SIG_UNBLOCK)`. */
export function unblockSignals(...names: SignalName[]): void;
/** Sends `SIGALRM` to the process after `duration` nanoseconds; 0 cancels. POSIX `alarm`. */
export function alarm(duration: number): void;
/** Blocks until a signal handler has run. POSIX `pause`. */
export function pause(): void;

// ---------------------------------------------------------------------------------------------------------------------
// Communication: everything but shared memory copies

/** Something `poll` and `onReadable` can watch. */
export interface Pollable {
  /** True where a read (an accept, a receive) would not block. */
  readonly readable: boolean;
}

/** The reading end of a pipe. */
export interface PipeReader<T> extends Pollable, Iterable<T> {
  /** Blocks while the pipe is empty; null at end of file (empty, and every writer closed). Throws `EBADF` where this end is closed. */
  read(): T | null;
  /** Closes this process's end. Throws `EBADF` where closed already. */
  close(): void;
}

/** The writing end of a pipe. */
export interface PipeWriter<T> {
  /** Copies the value into the pipe; blocks while it is full. With no reader left: `SIGPIPE`, or `EPIPE` where that is ignored. Throws `EBADF` where this end is closed. */
  write(value: T): void;
  /** Closes this process's end. Readers see the end of file when every writer has closed. */
  close(): void;
}

/**
 * A one-way byte stream through the kernel; both ends are inherited by children. POSIX `pipe`.
 * @param capacity Bytes it holds before a write blocks. Default 65,536, as in Linux.
 */
export function pipe<T = string>(capacity?: number): [reader: PipeReader<T>, writer: PipeWriter<T>];

/** A queue of messages with a name that every process can open. POSIX `mq_open`. */
export class MessageQueue<T> implements Pollable {
  /** Opens the queue of that name, or makes it. `capacity`: messages it holds before `send` blocks (10, as in Linux). Throws `EINVAL` where it exists with another. */
  constructor(name: string, options?: { capacity?: number });
  readonly readable: boolean;
  /** Copies the message in; blocks while the queue is full. */
  send(message: T): void;
  /** Takes the oldest message; blocks while the queue is empty. */
  receive(): T;
}

/** A socket that waits for connections. */
export interface Listener<T = string> extends Pollable {
  /** Blocks until a client connects. Throws `EBADF` where closed. */
  accept(): Connection<T>;
  close(): void;
}

/** One end of a two-way connection. */
export interface Connection<T = string> extends Pollable {
  /** Blocks until something arrives; null where the other side has closed. */
  read(): T | null;
  /** Copies the value out; blocks while the other side's buffer is full. Other side closed: `SIGPIPE`, or `EPIPE` where that is ignored. */
  write(value: T): void;
  close(): void;
}

/** Opens a port. Throws `EADDRINUSE` where another socket has it. POSIX `listen`. */
export function listen<T = string>(port: number, options?: { backlog?: number }): Listener<T>;
/** Connects to a port of this machine. Throws `ECONNREFUSED` where nobody listens. POSIX `connect`. */
export function connect<T = string>(port: number): Connection<T>;

/**
 * Blocks until at least one source is readable and returns those that are, in the order given; none where the time was up. POSIX `poll`.
 * @param timeout Nanoseconds; left out: no limit.
 */
export function poll<S extends Pollable>(sources: readonly S[], timeout?: number): S[];
/** Calls `listener` on the event loop whenever the source is readable, until the returned function is called. Linux `epoll`, as Node uses it. */
export function onReadable(source: Pollable, listener: () => void): () => void;

/** Numbers that several processes see at once, by name: no copy, no kernel, no order but what the program makes. POSIX `shm_open` and `mmap`. */
export class SharedMemory {
  /** Opens the region of that name, or makes it with `length` zeros. Throws `EINVAL` where it exists with another length. */
  constructor(name: string, length: number);
  readonly length: number;
  /** Virtual address of the first element in this process. */
  readonly address: number;
  /** Throws `RangeError` outside 0 … length − 1, as do the others. */
  get(index: number): number;
  set(index: number, value: number): void;
  /** Adds in one indivisible step; returns the old value. */
  add(index: number, delta: number): number;
  /** Stores `desired` where the element is `expected`, in one indivisible step; returns whether it was. */
  compareExchange(index: number, expected: number, desired: number): boolean;
}

// ---------------------------------------------------------------------------------------------------------------------
// Memory

/** Reserves `bytes` on the heap; returns the address (a multiple of 16). Throws `ENOMEM` past the process's limit. C `malloc`. */
export function malloc(bytes: number): number;
/** Gives a block back; `free(0)` does nothing. An address that `malloc` did not return, or a second free, ends the process with `SIGABRT`, as glibc does. */
export function free(address: number): void;
/**
 * Reads the 8-byte word at a virtual address: what `poke` put there, 0 where nobody did. At the address of a variable or a property: its value where that is a number, 1 or 0 for a
 * boolean, the address of a string, an object or a function, 0 for nothing. The properties of an object whose address was asked for lie one word after the other behind its header word, as do the
 * elements of an array from its first. Unmapped: `SIGSEGV`. Throws `EINVAL` for an address that is no multiple of 8.
 */
export function peek(address: number): number;
/**
 * Writes the word at a virtual address; at the address of a variable or a property that holds a number or a boolean, changes that. Throws `EPERM` for a constant and for what holds anything
 * else. Unmapped, or read-only as text is: `SIGSEGV`. Race detection does not see what `peek` and `poke` do.
 */
export function poke(address: number, value: number): void;
/** Virtual address of a variable holding a number, string or boolean; of the object or function where it holds one. */
export function addressOf(x: unknown): number;
/** Maps `bytes` of zeros (rounded up to whole pages of 4096 bytes); `shared`: children see the same frames. Returns the address. POSIX `mmap`. */
export function mmap(bytes: number, options?: { shared?: boolean; protection?: Protection }): number;
/** Removes a mapping made by `mmap`. Throws `EINVAL` for an address that is none. POSIX `munmap`. */
export function munmap(address: number): void;
/** Changes what may be done with the pages of a mapping made by `mmap`. POSIX `mprotect`. */
export function mprotect(address: number, protection: Protection): void;
/** What a page allows. */
export type Protection = 'none' | 'read' | 'read-write';

// ---------------------------------------------------------------------------------------------------------------------
// Fibers

/** A function with its own stack that runs only when resumed and stops only where it says so, from any call depth. Ruby `Fiber`, Lua coroutine. */
export class Fiber<T = unknown> {
  // biome-ignore lint/suspicious/noExplicitAny: what a resume passes in is the program's own affair
  constructor(body: (value?: any) => T);
  /**
   * Runs the fiber until it yields or returns. An error it does not catch is thrown here. Throws `EINVAL` for a fiber that has ended or is
   * running already.
   * @param value What `Fiber.yield` returns inside (on the first resume: the argument of the body).
   */
  resume(value?: unknown): { value: T; done: boolean };
  /** Stops the running fiber; its `resume` returns `{ value, done: false }`. Throws `EPERM` outside a fiber. */
  // biome-ignore lint/suspicious/noExplicitAny: what a resume passes in is the program's own affair
  static yield<R = any>(value?: unknown): R;
}

// ---------------------------------------------------------------------------------------------------------------------
// Containers

/** A group of processes with its own view of pids and its own limits. Linux namespaces and control groups. */
export class Container {
  constructor(options?: {
    /** Shown in views and messages. */
    name?: string;
    /** Share of the CPU relative to other containers (1024: the normal share). `cpu.shares` of Linux, in cgroup v2 `cpu.weight`, where 100 is normal. */
    cpuShare?: number;
    /** Bytes all its processes together may have in use; past it one of them is killed. */
    memoryLimit?: number;
    /**
     * Its first process is pid 1 inside and sees no other container's processes. As init it gets no signal that it has
     * no handler for (but SIGKILL and SIGSTOP from outside), inherits orphans, and ends everything inside with itself.
     */
    privatePids?: boolean;
  });
  readonly name: string;
}
