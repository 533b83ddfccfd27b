import { FUEL, type Host } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import type { Coherence, Mmu } from '../machine/memory/index.ts';
import type { Kernel } from './kernel.ts';
import { HEAP_BASE, HEAP_END, stackTopOf } from './layout.ts';
import { Operation } from './operation.ts';
import type { Process } from './process.ts';
import type { RaceDetector } from './race-detector.ts';
import type { Replay } from './replay.ts';
import type { System } from './system.ts';

/** The machine as one process's compiled code sees it. */
export class ProcessHost implements Host {
  readonly fuel: Int32Array;
  private readonly system: System;
  private readonly process: Process;
  races: RaceDetector | null = null;
  /** The memory management unit of the core that the process runs on. */
  mmu: Mmu;
  /** Which core has which line, where threads of the process may run on several. */
  coherence: Coherence | null = null;
  /** The core that the process runs on. */
  core = 0;
  private readonly stores: Uint8Array;
  private readonly access: number;
  /** While the process is being brought to where its parent stood. */
  replay: Replay | null = null;
  /** Accesses of the slice under way that were not known to be hits, and what they cost beyond a hit. */
  private others = 0;
  private extraTicks = 0;
  private heapTop = HEAP_BASE;

  constructor(system: System, process: Process) {
    this.system = system;
    this.process = process;
    this.fuel = system.fuel;
    this.stores = system.stores;
    this.mmu = (system.cores[0] as { mmu: Mmu }).mmu;
    this.access = system.costs.free ? TICKS : system.costs.access;
  }

  private get kernel(): Kernel {
    return this.replay ?? this.system;
  }

  /** A slice of one of the process's threads begins. */
  beginSlice(): void {
    this.others = this.extraTicks = 0;
    this.fuel[FUEL.hits] = 0;
    this.system.hits.countIn(this.races === null ? 'lines' : 'words');
  }

  /** Accesses of the slice under way. */
  get accesses(): number {
    return (this.fuel[FUEL.hits] as number) + this.others;
  }

  /** The ticks they took. */
  get accessTicks(): number {
    return this.accesses * this.access + this.extraTicks;
  }

  touch(address: number, site: number): number {
    const { fuel } = this;
    const isStore = this.stores[site] === 1;
    const unit = address >> (fuel[FUEL.shift] as number);
    const place = (isStore ? FUEL.stores : FUEL.loads) + (unit & (FUEL.entries - 1));
    if (fuel[place] !== unit) return this.touchAnew(address, site, isStore);
    fuel[FUEL.hits] = (fuel[FUEL.hits] as number) + 1;
    fuel[0] = (fuel[0] as number) - this.access;
    return fuel[0] as number;
  }

  /** An access that is not known to be a hit: the whole way through memory and race detection. */
  private touchAnew(address: number, site: number, isStore: boolean): number {
    if (this.replay !== null) return this.replay.touch();
    let ticks = this.mmu.access(address, isStore);
    const isMissing = ticks < 0;
    if (isMissing) ticks = this.missing(address, isStore);
    if (this.coherence !== null) ticks += this.fetchLine(this.coherence, address, isStore);
    if (this.races !== null) this.watch(address, site, isStore);
    if (!isMissing || this.mmu.access(address, isStore) === 0) this.remember(address, isStore);
    this.others++;
    this.extraTicks += ticks;
    const fuel = (this.fuel[0] as number) - ticks - this.access;
    this.fuel[0] = fuel;
    return fuel;
  }

  /** Until something changes, the same access costs a hit and tells the race detector nothing new. */
  private remember(address: number, isStore: boolean): void {
    if (this.coherence?.isContended) return;
    if (this.races === null || !this.system.notesAccesses) this.mmu.remember(address, isStore);
  }

  /** The line of a word just translated may have to come from another core's cache. */
  private fetchLine(coherence: Coherence, address: number, isStore: boolean): number {
    const { mmu } = this;
    const ticks = coherence.access(mmu.lineOf(address), this.core, isStore, this.system.now());
    if (ticks > 0) mmu.fetched(ticks);
    return ticks;
  }

  stackTop(): number {
    return stackTopOf(this.kernel.running.index);
  }

  /** Several threads: races are looked for, and the trace shows the accesses. */
  private watch(address: number, site: number, isStore: boolean): void {
    this.races?.access(address, site, isStore);
    this.system.noteAccess(address, site, isStore);
  }

  /** In a program compiled `watched`: what the access just made has loaded. */
  loaded(value: unknown): unknown {
    this.system.noteValue(value);
    return value;
  }

  /** In a program compiled `watched`: what the access just made is to store. */
  stored(value: unknown, apply: (value: unknown) => void): unknown {
    apply(value);
    this.system.noteValue(value);
    return value;
  }

  /** No frame, or no right to write: the kernel's business. */
  private missing(address: number, isStore: boolean): number {
    if (address === 0) return 0;
    if (!this.system.handleFault(this.process, address, isStore)) return this.fuel[0] as number;
    return Math.max(0, this.mmu.access(address, isStore));
  }

  charge(ticks: number): number {
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    return this.fuel[0] as number;
  }

  refuel(): boolean {
    return this.replay === null && this.system.refuel();
  }

  allocate(bytes: number): number {
    const address = this.heapTop;
    const top = address + Math.ceil(bytes / 16) * 16;
    if (top > HEAP_END) throw new RangeError('Out of memory: the heap of the process is full');
    this.heapTop = top;
    return address;
  }

  now(): number {
    return this.kernel.observe(this.system.now() / TICKS);
  }

  random(): number {
    return this.kernel.observe(this.system.chance.next());
  }

  idleUntil(time: number): unknown {
    const idle = new Operation('idle', this.system.timers);
    idle.deadline = time * TICKS;
    return this.kernel.perform(idle);
  }

  wake(): void {
    if (this.replay === null) this.system.wakeLoop(this.process);
  }

  othersLive(): boolean {
    return this.kernel.observe(this.process.live > 1);
  }

  print(text: string): void {
    this.kernel.print(this.process, text);
  }

  uncaught(error: unknown): void {
    this.system.uncaught(this.process, error);
  }
}
