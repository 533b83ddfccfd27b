import { FUEL, inspect, type Program, SUSPENDED } from '../language/index.ts';
import { Core } from '../machine/core.ts';
import { type Costs, resolveCosts, TICKS } from '../machine/costs.ts';
import { type Event, EventQueue } from '../machine/event-queue.ts';
import { Cache, Coherence, Frames, HitTable, Mmu } from '../machine/memory/index.ts';
import { Random } from '../machine/random.ts';
import type { Limits, OutputLine } from '../report.ts';
import { Timeline } from '../trace/timeline.ts';
import { CostPart, EventKind } from '../trace/trace.ts';
import { TraceWriter } from '../trace/writer.ts';
import { Console } from './console.ts';
import { type CostName, Kernel, type Library } from './kernel.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { type KernelObject, Operation } from './operation.ts';
import type { Process } from './process.ts';
import type { Policy } from './scheduler/policy.ts';
import { type MachineSettings, policyOf } from './settings.ts';
import type { Thread } from './thread.ts';

/** Ticks of code that costs nothing after which a slice counts as used up (`costs: 'free'`), so that a loop cannot stop the clock. */
const FREE_WORK = 1 << 20;
/** A slice of real work between two looks at the clock, in ticks: as much as fits the fuel counter with room to spare. */
const LONGEST_SLICE = 1 << 28;
/** How far one core's clock may run ahead of another's, in ticks (varied by chance from half to one and a half of it). */
export const SKEW = 256 * TICKS;
/** How long a line stays contended after two cores took it from each other, in leads of one core's clock over another's. */
const CONTENTION = 4;
/** Two cores work on a contended line in turn, each for this part of the time that the line takes between them. */
const HOLDS_A_TRANSFER = 5;
/** Accesses that the trace shows. */
const MOST_ACCESSES_NOTED = 20_000;
/** Characters of a value that the trace shows. */
const SHOWN = 60;
/** What a resume is worth in steps. */
const STEPS_A_SLICE = 50;

/** What a refill changes of the slice under way. */
export interface ClockMark {
  readonly sliceFuel: number;
  readonly sliceExtra: number;
  readonly sliceLimit: number;
  readonly refilled: number;
  readonly steps: number;
}

/** How a run ended, or that it goes on. */
export type RunStatus = 'running' | 'exited' | 'deadlock' | 'limit' | 'stopped';

/** Thrown into code that cannot be suspended when the run is over. */
export class RunEnded extends Error {}

/**
 * Virtual time and who pays for it: each core's clock, the slice under way and its fuel, events to come, limits, and the books (useful work, overhead, idle
 * time). Knows nothing of who runs next.
 */
export abstract class Timekeeper extends Kernel {
  readonly settings: MachineSettings;
  readonly costs: Costs;
  readonly limits: Limits;
  readonly policy: Policy;
  readonly cores: Core<Thread>[];
  readonly frames: Frames;
  readonly events = new EventQueue();
  readonly fuel = new Int32Array(FUEL.length);
  readonly output: OutputLine[] = [];
  readonly trace: TraceWriter;
  readonly timeline = new Timeline();
  readonly chance: Random;
  /** Where lines of output go, in the order of time. */
  protected readonly console = new Console(this.newId(), ({ thread, argument }) =>
    this.write(thread.process, argument as string, this.placeOf(thread)),
  );
  status: RunStatus = 'running';
  /** Which limit was passed. */
  limit: keyof Omit<Limits, 'events'> | null = null;
  /** Accesses, calls and loop turns so far, as far as their cost tells. */
  steps = 0;
  /** Which sites are stores. */
  readonly stores: Uint8Array;
  readonly metrics = {
    pageFaults: 0,
    threadSwitches: 0,
    processSwitches: 0,
    fiberSwitches: 0,
    syscalls: 0,
    bytesCopied: 0,
  };
  /** The core whose slice is under way, or null while an event happens. */
  protected core: Core<Thread> | null = null;
  protected clock = 0;
  protected sliceFuel = 0;
  protected sliceLimit = 0;
  protected sliceExtra = 0;
  protected sliceOverhead = 0;
  protected sliceComputed = 0;
  /** Kernel calls of the slice that may suspend. */
  protected calls = 0;
  /** The accesses that are known to be hits, behind the fuel. */
  readonly hits: HitTable;
  /** Of the lines that threads of one process share; null where no line can be in two caches, or moving it costs nothing. */
  readonly coherence: Coherence | null;
  private accessesNoted = 0;
  /** Ticks of work before fuel was refilled within the slice. */
  protected refilled = 0;

  constructor(program: Program, library: Library, settings: MachineSettings, limits: Partial<Limits> = {}) {
    super(program, library);
    this.settings = settings;
    this.costs = resolveCosts(settings.costs);
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.chance = new Random(settings.seed);
    this.policy = policyOf(settings, this.chance);
    this.frames = new Frames(settings.memory, this.costs.scattersFrames);
    const { tlb, line, caches } = this.costs;
    this.hits = new HitTable(line, this.fuel, FUEL);
    this.fuel[FUEL.hitTicks] = this.costs.free ? TICKS : this.costs.access;
    const first = new Cache(line, caches);
    this.cores = Array.from(
      { length: settings.cores },
      (_, id) =>
        new Core<Thread>(
          id,
          new Mmu(tlb, id === 0 ? first : new Cache(line, caches, first), line, this.hits),
        ),
    );
    this.coherence = settings.cores > 1 && !this.costs.free ? this.makeCoherence() : null;
    this.stores = Uint8Array.from(program.sites, ({ kind }) => (kind === 'store' ? 1 : 0));
    this.trace = new TraceWriter(this.limits.events);
  }

  private makeCoherence(): Coherence {
    const { lineTransfer } = this.costs;
    return new Coherence({
      transfer: lineTransfer,
      hold: lineTransfer / HOLDS_A_TRANSFER,
      together: CONTENTION * SKEW,
    });
  }

  override get coreCount(): number {
    return this.cores.length;
  }

  now(): number {
    return this.core ? this.core.time + this.elapsed() : this.clock;
  }

  protected elapsed(): number {
    const burnt = this.costs.free ? 0 : this.sliceFuel - (this.fuel[0] as number);
    return burnt + this.sliceExtra;
  }

  /** Something happens at `time`; a slice under way ends there. */
  at(time: number, rank: number, action: () => void): Event {
    this.cut(time);
    return this.events.add(time, rank, action);
  }

  /** A thread's code is running at this moment. */
  protected get isInSlice(): boolean {
    return this.core !== null;
  }

  /** The thread whose code is running at this moment; null while none is. */
  get inCode(): Thread | null {
    return this.core && this.running.state === 'running' ? this.running : null;
  }

  /** The running code stops at its next chance. */
  protected stopSlice(): void {
    this.sliceFuel -= (this.fuel[0] as number) + 1;
    this.fuel[0] = -1;
    this.hits.clear();
  }

  /** The slice under way must not go beyond `time`. */
  protected cut(time: number): void {
    if (!this.core || time >= this.sliceLimit) return;
    this.sliceLimit = time;
    const left = this.costs.free ? FREE_WORK : Math.max(-1, time - this.now());
    const fuel = this.fuel[0] as number;
    if (fuel <= left) return;
    this.sliceFuel -= fuel - left;
    this.fuel[0] = left;
    this.hits.clear();
  }

  spend(cost: CostName): void {
    if (cost === 'atomic' || cost === 'mutex' || cost === 'lineTransfer') this.work(this.costs[cost]);
    else if (cost === 'fiberSwitch') this.switchFiber();
    else if (cost === 'signal') this.deliverSignal();
    else this.overhead(this.costs[cost], CostPart.Kernel);
  }

  /** Back from the handler is a system call of its own (`sigreturn`), part of the cost. */
  private deliverSignal(): void {
    this.metrics.syscalls++;
    this.overhead(this.costs.signal, CostPart.Kernel);
  }

  private switchFiber(): void {
    this.metrics.fiberSwitches++;
    this.overhead(this.costs.fiberSwitch, CostPart.Fiber);
  }

  /** The running thread enters the kernel and leaves it again. */
  protected systemCall(): void {
    this.metrics.syscalls++;
    this.overhead(this.costs.modeSwitch, CostPart.ModeSwitch);
  }

  copy(bytes: number): void {
    this.metrics.bytesCopied += bytes;
    this.overhead(Math.round(bytes * this.costs.pipeByte), CostPart.Kernel);
  }

  /** The running thread's time goes to work of its own that no instruction of the program stands for. */
  protected work(ticks: number): void {
    if (!this.core) return;
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    this.sliceComputed += ticks;
  }

  /** The running thread's time goes to the kernel. */
  overhead(ticks: number, part: number): void {
    if (ticks === 0 || !this.core) return;
    this.trace.write(
      this.now() / TICKS,
      EventKind.Overhead,
      this.core.id,
      this.running.tid,
      -1,
      ticks / TICKS,
      part,
    );
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    this.sliceOverhead += ticks;
  }

  override cpuTime(thread: Thread): number {
    return thread.used + (this.isOnCore(thread) ? this.elapsed() : 0);
  }

  compute(ticks: number): unknown {
    this.calls++;
    const left = this.costs.free ? this.freeTime() : (this.fuel[0] as number);
    if (ticks <= left || !this.running.process.instance.canSuspend) {
      this.burn(ticks);
      return undefined;
    }
    this.burn(Math.max(0, left));
    this.running.compute = ticks - Math.max(0, left);
    return SUSPENDED;
  }

  /** How far the clock may go at once where code costs nothing: what comes after must not be done before what other cores do earlier. */
  private freeTime(): number {
    return this.core && this.hasOtherWork(this.core) ? 0 : this.sliceLimit - this.now();
  }

  /** Time passes without work being done for it. */
  protected burn(ticks: number): void {
    if (this.costs.free || ticks > (this.fuel[0] as number)) {
      this.sliceExtra += ticks;
      this.hits.clear();
      return;
    }
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    this.sliceComputed += ticks;
  }

  /** See `Host.refuel`. */
  refuel(): boolean {
    if (this.status !== 'running') throw new RunEnded('The run is over.');
    const { core } = this;
    if (!core) return true;
    const mustStop = this.running.process.instance.canSuspend;
    const due = Math.min(this.events.nextTime, this.limits.time * TICKS);
    if (mustStop && (this.policy.length > 0 || this.hasOtherWork(core) || this.now() >= due)) return false;
    this.sliceLimit = Math.max(this.sliceLimit, due);
    this.sliceExtra += this.costs.free ? 0 : this.sliceFuel - (this.fuel[0] as number);
    this.steps += this.sliceFuel / TICKS;
    this.refilled += this.sliceFuel - (this.fuel[0] as number);
    this.sliceFuel = this.fuel[0] = FREE_WORK;
    this.hits.clear();
    this.checkLimits();
    if (this.status === 'running') return true;
    if (mustStop) return false;
    throw new RunEnded('The run is over.');
  }

  /** See `Host.mark`. */
  mark(): ClockMark {
    const { sliceFuel, sliceExtra, sliceLimit, refilled, steps } = this;
    return { sliceFuel, sliceExtra, sliceLimit, refilled, steps };
  }

  /** See `Host.restore`. */
  restore(mark: ClockMark): void {
    Object.assign(this, mark);
    this.hits.clear();
  }

  protected hasOtherWork(core: Core<Thread>): boolean {
    return this.cores.some((other) => other !== core && (other.thread !== null || other.wanted));
  }

  random(): number {
    return this.chance.next();
  }

  print(process: Process, text: string): unknown {
    this.calls++;
    if (this.isAhead() && process.instance.canSuspend) {
      const print = new Operation('print', this.console, text);
      print.thread = this.running;
      this.running.deferred = print;
      return SUSPENDED;
    }
    this.write(process, text, this.placeOf(this.running));
    return undefined;
  }

  /** Is a core at work for this thread at this moment? */
  protected isOnCore(thread: Thread): boolean {
    return this.core !== null && thread === this.running;
  }

  /** The site of the call that a thread is in: the runtime knows it of the one that runs, its stack of one that waits. */
  protected placeOf(thread: Thread): number {
    return this.isOnCore(thread) ? thread.process.instance.runtime.site : thread.stack.site;
  }

  /** `site`: where the program asked for it; -1 for a line of the kernel's own. */
  protected write(process: Process, text: string, site = -1): void {
    if (this.output.length >= this.limits.lines) {
      this.end('limit', 'lines');
      return;
    }
    const time = this.now() / TICKS;
    this.output.push({ time, pid: process.pid, tid: this.running.tid, text });
    this.note(EventKind.Print, this.running, this.trace.text(text), -1, site);
  }

  /** Writes an event of a thread that runs now. */
  protected note(kind: number, thread: Thread, a = 0, b = -1, site = -1): void {
    this.trace.write(this.now() / TICKS, kind, this.core?.id ?? -1, thread.tid, site, a, b);
  }

  /** Accesses are still written into the trace. */
  get notesAccesses(): boolean {
    return this.accessesNoted < MOST_ACCESSES_NOTED;
  }

  /** An access of a thread of several, for those who step through the run: the first of them are written down. */
  noteAccess(address: number, site: number, isStore: boolean): void {
    if (this.accessesNoted++ >= MOST_ACCESSES_NOTED) return;
    this.running.noted = this.trace.events;
    this.note(isStore ? EventKind.Store : EventKind.Load, this.running, address, -1, site);
  }

  /** The value of the running thread's last access that was written down. */
  noteValue(value: unknown): void {
    const { running, trace } = this;
    if (running.noted >= 0) trace.describe(running.noted, inspect(value).slice(0, SHOWN));
    running.noted = -1;
  }

  override addObject<O extends KernelObject>(object: O): O {
    this.trace.objects.push({ id: object.id, kind: object.kind, name: object.name });
    return object;
  }

  /** The kernel works on a core outside any slice. */
  protected workOn(core: Core<Thread>, thread: Thread, ticks: number, part: number): void {
    if (ticks === 0) return;
    this.trace.write(core.time / TICKS, EventKind.Overhead, core.id, thread.tid, -1, ticks / TICKS, part);
    core.work(ticks);
  }

  protected aheadOfOthers(core: Core<Thread>): number {
    if (this.costs.free || this.cores.length === 1) return Number.POSITIVE_INFINITY;
    let earliest = Number.POSITIVE_INFINITY;
    for (const other of this.cores) {
      if (other !== core && (other.thread !== null || other.wanted) && other.time < earliest)
        earliest = other.time;
    }
    return earliest === Number.POSITIVE_INFINITY ? earliest : earliest + SKEW / 2 + this.chance.below(SKEW);
  }

  /** Has another core yet to live through the time this one is at? Then its operations come first. */
  protected isAhead(): boolean {
    if (this.cores.length === 1 || !this.core) return false;
    const now = this.now();
    for (const core of this.cores) {
      if (core !== this.core && (core.thread !== null || core.wanted) && core.time < now) return true;
    }
    return false;
  }

  /** Burns what is left of a `compute`; true where the thread's code can go on. */
  protected burnCompute(core: Core<Thread>, thread: Thread): boolean {
    if (thread.compute === 0) return true;
    const span = Math.min(thread.compute, Math.max(0, this.sliceLimit - core.time));
    thread.compute -= span;
    this.sliceExtra += span;
    return thread.compute === 0;
  }

  protected refill(): void {
    const span = Math.min(LONGEST_SLICE, this.sliceLimit - this.now());
    this.sliceFuel = this.fuel[0] = this.costs.free ? FREE_WORK : Math.max(0, span);
  }

  /** Write down what the slice spent. */
  protected account(core: Core<Thread>, thread: Thread): void {
    const isUsedUp = this.costs.free && (this.fuel[0] as number) < 0 && this.status === 'running';
    if (isUsedUp) this.sliceExtra += this.restOfFreeSlice(core);
    const spent = this.elapsed();
    this.steps +=
      Math.max(0, this.sliceFuel - (this.fuel[0] as number) - this.sliceComputed) / TICKS + STEPS_A_SLICE;
    if (spent <= 0) return;
    this.timeline.add(core.id, thread.tid, core.time, core.time + spent);
    core.time += spent;
    core.busyUntil = core.time;
    core.overhead += this.sliceOverhead;
    core.useful += spent - this.sliceOverhead;
    thread.used += spent;
    this.policy.ran(thread, spent, core.time);
  }

  /** Code that costs nothing used up its slice: the clock goes on to the end of it. */
  protected restOfFreeSlice(core: Core<Thread>): number {
    const end = Math.min(this.sliceLimit, core.time + this.sliceExtra + this.settings.quantum * TICKS);
    return Math.max(0, end - core.time - this.sliceExtra);
  }

  protected checkLimits(): void {
    if (this.steps > this.limits.steps) this.end('limit', 'steps');
    else if (this.core === null && this.furthest() >= this.limits.time * TICKS) this.end('limit', 'time');
  }

  protected furthest(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const core of this.cores) if (core.thread !== null && core.time < least) least = core.time;
    return least === Number.POSITIVE_INFINITY ? 0 : least;
  }

  /** End the run. */
  end(status: RunStatus, limit: keyof Omit<Limits, 'events'> | null = null): void {
    if (this.status !== 'running') return;
    this.status = status;
    this.limit = limit;
    if (this.core) this.stopSlice();
  }

  /** Virtual time so far, ticks. */
  get time(): number {
    let end = this.clock;
    for (const core of this.cores) if (core.last !== null) end = Math.max(end, core.busyUntil);
    return end;
  }
}
