import { FUEL, SUSPENDED, UNBOUNDED } from '../language/index.ts';
import { SystemError } from './errors.ts';
import { type Fault, handlerThenAccess } from './fault.ts';
import type { ForkLog, LogEntry, SliceEntry } from './fork-log.ts';
import { opened } from './ipc/message.ts';
import type { Kernel, Library, ThreadSettings } from './kernel.ts';
import type { Operation } from './operation.ts';
import type { Process } from './process.ts';
import { Replayed } from './replayed.ts';
import { handlerThenCall } from './restart.ts';
import { isUncatchable, type SignalAction } from './signals.ts';
import type { Thread } from './thread.ts';
import { checkWord, storeInVariable } from './words.ts';

type InterruptEntry = Extract<LogEntry, { kind: 'interrupt' }>;

/** Fuel of a slice that ends for another reason than lack of it. */
const PLENTY = 2 ** 30;
const NO_SLICE: SliceEntry = { kind: 'slice', thread: -1, accesses: 0, work: 0, calls: 0, end: 'end' };

/** What a replay needs of the kernel it works for. */
export interface ReplayOwner {
  readonly program: Kernel['program'];
  readonly library: Library;
  readonly fuel: Int32Array;
  readonly coreCount: number;
  newId(): number;
}

/**
 * Brings a child's instance of the program to where its parent stood when it forked: the threads take the turns the log says, private objects do what they do, and
 * whatever came from outside comes from the log. Costs the time of the history, and nothing on the machine's clock.
 */
export class Replay extends Replayed {
  private readonly owner: ReplayOwner;
  private readonly log: ForkLog;
  private slice = NO_SLICE;
  private calls = 0;
  private accesses = 0;
  /** The last call of each thread that had to wait for something outside the process. */
  private readonly waits = new Map<Thread, Operation>();

  constructor(owner: ReplayOwner, process: Process) {
    super(owner, process, (process.log as ForkLog).given);
    this.owner = owner;
    this.log = process.log as ForkLog;
  }

  /** Runs the whole log; the one thread that goes on in the child. */
  run(): Thread {
    this.library.kernel = this;
    this.addThread(this.process, this.process.instance.main(), { name: 'main' });
    let survivor = this.threads[0] as Thread;
    for (const entry of this.log.entries) {
      if (entry.kind === 'born') survivor = this.bear(entry.thread, entry.runsBody);
      else this.apply(entry);
    }
    if (this.hasMore)
      throw new Error('The copy of a process went another way than the process: a mistake of the engine.');
    this.process.threads.length = 0;
    return survivor;
  }

  private bear(index: number, runsBody: boolean): Thread {
    const survivor = this.threads[index] as Thread;
    const body = this.bodies.get(survivor);
    if (runsBody && body) survivor.stack = this.process.instance.enter(body);
    else survivor.stack.answer(0);
    survivor.pending = survivor.deferred = null;
    for (const thread of this.threads) if (thread !== survivor) thread.state = 'ended';
    survivor.state = 'new';
    return survivor;
  }

  private apply(entry: LogEntry): void {
    if (entry.kind === 'slice') this.runSlice(entry);
    else if (entry.kind === 'post')
      this.process.instance.runtime.loop.post(this.process.callbacks[entry.callback], []);
    else if (entry.kind !== 'born') this.applyTo(this.threads[entry.thread] as Thread, entry);
  }

  private applyTo(thread: Thread, entry: Exclude<LogEntry, SliceEntry | { kind: 'born' | 'post' }>): void {
    if ((entry.kind === 'timeout' || entry.kind === 'spurious') && thread.pending)
      this.timeOut(thread.pending, entry.kind);
    if (entry.kind === 'interrupt') this.interrupt(thread, entry);
    if (entry.kind !== 'answer') return;
    thread.pending = null;
    if (entry.isError) thread.stack.fail(entry.value);
    else thread.stack.answer(opened(entry.value));
  }

  private interrupt(thread: Thread, { signal, repeats, compute, fault }: InterruptEntry): void {
    const handler = this.process.actions.get(signal);
    if (typeof handler !== 'function') return;
    if (fault) {
      thread.stack.interrupt(handlerThenAccess(this, fault), [handler] as never[], true);
      return;
    }
    const call = repeats ? (this.pull(thread) ?? this.waits.get(thread) ?? null) : null;
    thread.blockedSignals.add(signal);
    thread.stack.interrupt(handlerThenCall(this, { call, compute }), [handler, signal], call !== null);
  }

  private runSlice(slice: SliceEntry): void {
    const thread = this.threads[slice.thread] as Thread;
    this.slice = slice;
    this.running = thread;
    this.calls = this.accesses = 0;
    this.owner.fuel[FUEL.most] = this.owner.fuel[FUEL.mostInReach] = UNBOUNDED;
    const isParked = thread.deferred !== null && !this.doDeferred(thread, thread.deferred);
    if (isParked || slice.end === 'parked' || slice.end === 'done') return;
    for (let work = slice.work - 1; ; work -= PLENTY) {
      this.owner.fuel[0] = slice.end === 'work' ? Math.min(work, PLENTY) : PLENTY;
      const outcome = this.resume(thread);
      if (outcome === 'returned') this.endThread(thread, thread.stack.value);
      if (outcome !== 'suspended' || this.isOver(work)) return;
    }
  }

  /** Has the slice come to where it ended? Else it only ran out of fuel on the way. */
  private isOver(work: number): boolean {
    const { end, calls, accesses } = this.slice;
    if (end === 'work') return work <= PLENTY;
    if (end === 'access') return this.accesses >= accesses;
    return this.running.state === 'ended' || this.calls >= calls;
  }

  private doDeferred(thread: Thread, operation: Operation): boolean {
    thread.deferred = null;
    try {
      const result = this.executeOrPark(operation);
      if (result === SUSPENDED) return false;
      thread.stack.answer(result);
    } catch (error) {
      thread.stack.fail(error);
    }
    return true;
  }

  /** The host's answer to an access: stop in front of the last one. */
  touch(): number {
    const isLast = ++this.accesses === this.slice.accesses && this.slice.end === 'access';
    return isLast ? -1 : (this.owner.fuel[0] as number);
  }

  perform(operation: Operation): unknown {
    operation.thread = this.running;
    const isLast = ++this.calls === this.slice.calls;
    if (isLast && this.slice.end === 'deferred') {
      if (operation.object.isShared) this.waits.set(this.running, operation);
      else this.running.deferred = operation;
      return SUSPENDED;
    }
    if (!operation.object.isShared) return this.executeOrPark(operation);
    if (!isLast || this.slice.end !== 'call') return this.take();
    this.waits.set(this.running, operation);
    return SUSPENDED;
  }

  protected override handsOver(): boolean {
    return this.take() as boolean;
  }

  private waitsHere(): boolean {
    return ++this.calls === this.slice.calls && this.slice.end === 'call';
  }

  compute(): unknown {
    return this.waitsHere() ? SUSPENDED : undefined;
  }

  override yieldNow(): unknown {
    return this.waitsHere() ? SUSPENDED : undefined;
  }

  override fork(body: (() => unknown) | null): unknown {
    if (!this.waitsHere()) return this.take();
    this.bodies.set(this.running, body);
    return SUSPENDED;
  }

  override setSignalAction(signal: string, action: SignalAction): SignalAction {
    if (isUncatchable(signal))
      throw new SystemError('EINVAL', `signal: ${signal} cannot be caught, ignored or blocked`);
    const before = this.process.actions.get(signal) ?? 'default';
    this.process.actions.set(signal, action);
    return before;
  }

  override maskSignals(signals: readonly string[], isBlocked: boolean): unknown {
    for (const signal of signals) this.running.mask(signal, isBlocked);
    return this.waitsHere() ? SUSPENDED : undefined;
  }

  handlerEnded(signal: string): unknown {
    return this.maskSignals([signal], false);
  }

  override kill(): unknown {
    return this.waitsHere() ? SUSPENDED : this.take();
  }

  override spawn(body: () => unknown, settings: ThreadSettings): Thread {
    const options = settings.stackSize === undefined ? {} : { stackBytes: settings.stackSize };
    const thread = this.addThread(this.process, this.process.instance.call(body, [], options), settings);
    thread.holdBackLike(this.running);
    return thread;
  }

  override newId(): number {
    return this.owner ? this.owner.newId() : 0;
  }

  override peek(address: number): unknown {
    if (this.waitsHere()) return SUSPENDED;
    checkWord(address);
    this.process.instance.loadWord(address); // May give a string its address.
    return this.take();
  }

  override poke(address: number, value: number): unknown {
    if (this.waitsHere()) return SUSPENDED;
    checkWord(address);
    storeInVariable(this.process.instance, address, value);
    return undefined;
  }

  protected override abort(): unknown {
    return this.waitsHere() ? SUSPENDED : undefined;
  }

  retryAfterFault({ kind, address, value }: Fault): unknown {
    return kind === 'load' ? this.peek(address) : this.poke(address, value);
  }

  override munmap(): void {
    this.take();
  }

  override mprotect(): void {
    this.take();
  }

  override get coreCount(): number {
    return this.owner.coreCount;
  }

  print(): unknown {
    return ++this.calls === this.slice.calls && this.slice.end === 'deferred' ? SUSPENDED : undefined;
  }

  protected makeReady(thread: Thread): void {
    thread.state = 'ready';
  }

  protected makeBlocked(thread: Thread): void {
    thread.state = 'blocked';
  }
}
