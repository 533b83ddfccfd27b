import { opened } from '../kernel/ipc/message.ts';
import type { Library, ThreadSettings } from '../kernel/kernel.ts';
import { Operation } from '../kernel/operation.ts';
import type { Process } from '../kernel/process.ts';
import { Replayed } from '../kernel/replayed.ts';
import type { SignalAction } from '../kernel/signals.ts';
import { Thread } from '../kernel/thread.ts';
import { storeInVariable } from '../kernel/words.ts';
import { type Program, type Stack, SUSPENDED } from '../language/index.ts';
import { ContentCall } from './contents.ts';
import type { History, HistoryEntry } from './history.ts';
import { interruptStack } from './interruption.ts';

/** Work between two stops of a thread; where it is used up the thread stops for good, as it did in the parent. */
const PLENTY = 1 << 26;

/** What a replay needs of the kernel it works for. */
export interface ReplayOwner {
  readonly program: Program;
  readonly library: Library;
  readonly fuel: Int32Array;
  /** A number for an object that the process's thread with this index makes. */
  numberFor(process: Process, thread: number): number;
  setActionOf(process: Process, signal: string, action: SignalAction): SignalAction;
}

type Run = HistoryEntry & { readonly kind: 'run' };

/**
 * Brings a child's instance of the program to where its parent stood when it forked: the threads take the steps of the parent's history, the process's own objects do
 * what they do, and whatever came from outside comes from the history. Costs the time of that history, and no step of the search.
 */
export class ForkReplay extends Replayed {
  /** Where objects are put now: see `ExplorerHost.allocate`. */
  arena = 0;
  private readonly owner: ReplayOwner;
  private readonly history: History;
  private current: Run | null = null;
  private calls = 0;
  private accesses = 0;
  /** Stores by address that threads stand before. */
  private readonly pokes = new Map<Thread, () => void>();

  constructor(owner: ReplayOwner, process: Process, history: History) {
    super(owner, process, history.given);
    this.owner = owner;
    this.history = history;
  }

  /** Runs the whole history. Returns the one thread that goes on in the child. */
  run(): Thread {
    this.library.kernel = this;
    this.addThread(this.process, this.process.instance.main(), { name: 'main' });
    let survivor = this.threads[0] as Thread;
    for (const entry of this.history.entries) {
      if (entry.kind === 'born') survivor = this.bear(entry.thread, entry.runsBody);
      else if (entry.kind === 'post') this.post(entry.callback);
      else this.apply(this.threads[entry.thread] as Thread, entry);
    }
    this.process.threads.length = 0;
    return survivor;
  }

  private bear(index: number, runsBody: boolean): Thread {
    const survivor = this.threads[index] as Thread;
    const body = this.bodies.get(survivor);
    if (runsBody && body) survivor.stack = this.process.instance.enter(body);
    else survivor.stack.answer(0);
    survivor.pending = null;
    for (const thread of this.threads) if (thread !== survivor) thread.state = 'ended';
    return survivor;
  }

  private post(callback: number): void {
    this.process.instance.runtime.loop.post(this.process.callbacks[callback], []);
  }

  private apply(thread: Thread, entry: Exclude<HistoryEntry, { kind: 'born' | 'post' }>): void {
    this.running = thread;
    switch (entry.kind) {
      case 'run':
        this.go(thread, entry);
        break;
      case 'do':
        this.carryOut(thread, thread.pending as Operation);
        break;
      case 'answer':
        thread.pending = null;
        if (!entry.isError) this.pokes.get(thread)?.();
        this.pokes.delete(thread);
        if (entry.isError) thread.stack.fail(entry.value);
        else thread.stack.answer(opened(entry.value));
        break;
      case 'interrupt':
        this.interrupt(thread, entry.signal);
        break;
      default:
        this.endWait(thread.pending as Operation, entry.kind);
    }
  }

  private go(thread: Thread, run: Run): void {
    this.current = run;
    this.arena = run.arena;
    this.calls = this.accesses = 0;
    this.owner.fuel[0] = PLENTY;
    if (this.resume(thread) === 'returned') this.endThread(thread, thread.stack.value);
    thread.yielding = false;
  }

  private carryOut(thread: Thread, operation: Operation): void {
    thread.pending = null;
    try {
      const result = this.execute(operation);
      if (result instanceof Operation) {
        result.thread = thread;
        thread.pending = result;
      } else thread.stack.answer(opened(result));
    } catch (error) {
      thread.stack.fail(error);
    }
  }

  private endWait(wait: Operation, outcome: 'timeout' | 'spurious'): void {
    wait.outcome = outcome;
    (wait.argument as { letGo?(wait: Operation): void }).letGo?.(wait);
  }

  private interrupt(thread: Thread, signal: string): void {
    const handler = this.process.actions.get(signal);
    if (typeof handler !== 'function') return;
    const { pending } = thread;
    thread.pending = null;
    interruptStack(thread.stack, handler, signal, {
      pending,
      repeat: (operation) => this.perform(operation),
      standAgain: () =>
        this.stopsHere()
          ? this.hold(new Operation('load', new ContentCall(0, 'access', () => undefined)))
          : undefined,
    });
  }

  /** The last call of the run under way is the one it stops in. */
  private stopsHere(): boolean {
    return ++this.calls === this.current?.calls && this.current.end === 'call';
  }

  /** See `Host.touch`. */
  touch(): number {
    const { current } = this;
    return ++this.accesses === current?.accesses && current.end === 'access' ? -1 : 0;
  }

  /** See `Host.calls`: SUSPENDED where the thread stops in front of this built-in. */
  standBeforeCall(call: () => unknown): unknown {
    return this.stopsHere()
      ? this.hold(new Operation('load', new ContentCall(0, 'built-in', call)))
      : undefined;
  }

  /** See `Host.idleUntil`. */
  idle(): unknown {
    return this.stopsHere() ? SUSPENDED : undefined;
  }

  /** The thread stands before an operation. */
  hold(operation: Operation): typeof SUSPENDED {
    operation.thread = this.running;
    this.running.pending = operation;
    return SUSPENDED;
  }

  perform(operation: Operation): unknown {
    operation.thread = this.running;
    if (this.stopsHere()) return this.hold(operation);
    if (operation.kind === 'sleep') return undefined;
    return operation.object.isShared ? this.take() : opened(this.execute(operation));
  }

  override munmap(): void {}
  override mprotect(): void {}

  override approach(): unknown {
    return this.stopsHere() ? SUSPENDED : undefined;
  }

  override kill(): unknown {
    return this.stopsHere() ? SUSPENDED : this.take();
  }

  override parentNumber(): unknown {
    return this.stopsHere() ? SUSPENDED : this.take();
  }

  override listProcesses(): never {
    return (this.stopsHere() ? SUSPENDED : this.take()) as never;
  }

  override maskSignals(signals: readonly string[], isBlocked: boolean): unknown {
    for (const signal of signals) this.running.mask(signal, isBlocked);
    return this.stopsHere() ? SUSPENDED : undefined;
  }

  override setSignalAction(signal: string, action: SignalAction): SignalAction {
    return this.owner.setActionOf(this.process, signal, action);
  }

  override fork(body: (() => unknown) | null): unknown {
    this.stopsHere();
    this.bodies.set(this.running, body);
    return SUSPENDED;
  }

  override spawn(body: () => unknown, settings: ThreadSettings): Thread {
    const options = settings.stackSize === undefined ? {} : { stackBytes: settings.stackSize };
    return this.addThread(this.process, this.process.instance.call(body, [], options), settings);
  }

  protected override addThread(process: Process, stack: Stack, settings: ThreadSettings): Thread {
    const tid = this.threads.length === 0 ? 1 : (this.take() as number);
    const thread = new Thread(this.newId(), tid, process, settings.name ?? `thread ${tid}`, stack);
    this.threads.push(thread);
    process.threads.push(thread);
    process.live++;
    return thread;
  }

  override newId(): number {
    return this.owner ? this.owner.numberFor(this.process, this.running?.index ?? 0) : 0;
  }

  compute(): unknown {
    return undefined;
  }

  print(): unknown {
    return this.stopsHere() ? SUSPENDED : this.take();
  }

  override peek(): unknown {
    return this.stopsHere() ? SUSPENDED : this.take();
  }

  override poke(address: number, value: number): unknown {
    if (!this.stopsHere()) {
      const result = this.take();
      this.store(address, value);
      return result;
    }
    this.pokes.set(this.running, () => this.store(address, value));
    return SUSPENDED;
  }

  /** Of what `poke` stores only the variables have to be brought along: see `ProcessKernel.inheritMemory`. */
  private store(address: number, value: number): void {
    storeInVariable(this.process.instance, address, value);
  }

  protected makeReady(): void {}
  protected makeBlocked(): void {}
}
