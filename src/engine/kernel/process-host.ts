import { FUEL, type Host } from '../language/index.ts';
import { type Costs, TICKS } from '../machine/costs.ts';
import { type Coherence, type HitTable, type Mmu, PAGE_SHIFT } from '../machine/memory/index.ts';
import type { Kernel } from './kernel.ts';
import { HEAP_BASE, HEAP_END, stackTopOf } from './layout.ts';
import { Operation } from './operation.ts';
import type { Process } from './process.ts';
import type { RaceDetector } from './race-detector.ts';
import type { Replay } from './replay.ts';
import type { System } from './system.ts';
import type { ClockMark } from './timekeeper.ts';

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
  private readonly most: number;
  private readonly mostInReach: number;
  /** While the process is being brought to where its parent stood. */
  replay: Replay | null = null;
  /** Accesses of the slice under way that were not known to be hits, and what they cost beyond a hit. */
  private others = 0;
  private extraTicks = 0;
  private heapTop = HEAP_BASE;
  private readonly hits: HitTable;
  private readonly lineShift: number;
  /** The line that two cores are at and the table held last, and where its state is; -1 for none. */
  private heldLine = -1;
  private heldPlace = 0;
  /** When they are at it together no more. */
  private heldUntil = 0;
  /** When fuel will be, or would be, 0. */
  private origin = 0;

  constructor(system: System, process: Process) {
    this.system = system;
    this.process = process;
    this.fuel = system.fuel;
    this.stores = system.stores;
    this.mmu = (system.cores[0] as { mmu: Mmu }).mmu;
    this.hits = system.hits;
    this.lineShift = Math.log2(system.costs.line);
    this.access = system.costs.free ? TICKS : system.costs.access;
    this.mostInReach = this.access + mostInReach(system.costs);
    this.most = this.mostInReach + mostOfFault(system.costs);
  }

  private get kernel(): Kernel {
    return this.replay ?? this.system;
  }

  /** A slice of one of the process's threads begins on a core. */
  beginSlice(core: number, mmu: Mmu): void {
    this.core = core;
    this.mmu = mmu;
    this.others = this.extraTicks = 0;
    this.fuel[FUEL.hits] = 0;
    this.fuel[FUEL.most] = this.most;
    this.fuel[FUEL.mostInReach] = this.mostInReach;
    this.hits.countIn(this.races === null ? 'lines' : 'words', this.mmu);
  }

  reaches(address: number, isStore: boolean): boolean {
    return this.process.space.frameOf(address >>> PAGE_SHIFT, isStore) >= 0;
  }

  /** Somebody ended the process. */
  get isOver(): boolean {
    return this.process.exit !== null;
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
    const before = fuel[0] as number;
    const left = before - this.access;
    if (left < (fuel[FUEL.floor] as number)) {
      if (address >> this.lineShift !== this.heldLine || !this.hits.isOutlived(this.heldLine, left))
        return this.late(address, isStore);
      const now = this.origin - before;
      return now < this.heldUntil ? this.takenBack(now, left) : this.late(address, isStore);
    }
    fuel[FUEL.hits] = (fuel[FUEL.hits] as number) + 1;
    fuel[0] = left;
    return left;
  }

  /** The one line that is held came over again, and is the core's to work on for a while. */
  private takenBack(now: number, before: number): number {
    const { transfer, hold, taken } = this.coherence as Coherence;
    taken[this.heldPlace] = now + transfer;
    this.mmu.fetched(transfer);
    this.others++;
    this.extraTicks += transfer;
    const left = before - transfer;
    this.fuel[0] = left;
    this.hits.renew(left - hold + 1);
    return left;
  }

  /** A hit that leaves less than the floor: the fuel is spent, or a line that two cores are at has to come over again. */
  private late(address: number, isStore: boolean): number {
    const { coherence, hits } = this;
    if (coherence === null) return this.charged(0);
    const before = this.fuel[0] as number;
    this.mmu.access(address, isStore);
    const left = this.charged(this.fetchLine(coherence, isStore));
    if (coherence.isContended) this.hold(coherence, address, before);
    hits.release(left);
    return left;
  }

  /** An access that is not known to be a hit: the whole way through memory and race detection. */
  private touchAnew(address: number, site: number, isStore: boolean): number {
    if (this.replay !== null) return this.replay.touch();
    const { coherence } = this;
    if (!isStore && coherence !== null && this.isHeld(address)) return this.loadHeld(address, site);
    let ticks = this.mmu.access(address, isStore);
    const isMissing = ticks < 0;
    if (isMissing) ticks = this.missing(address, isStore);
    if (coherence !== null) ticks += this.fetchLine(coherence, isStore);
    const isKnown = this.races === null || this.isWatched(this.races, address, site, isStore);
    if (isKnown && (!isMissing || this.mmu.access(address, isStore) === 0)) {
      this.mmu.remember(address, isStore);
      if (coherence?.isContended) this.hold(coherence, address, this.fuel[0] as number);
    }
    return this.charged(ticks);
  }

  private charged(ticks: number): number {
    this.others++;
    this.extraTicks += ticks;
    const left = (this.fuel[0] as number) - ticks - this.access;
    this.fuel[0] = left;
    return left;
  }

  /** A load of a word of a line that the core holds: news to the race detector alone. */
  private loadHeld(address: number, site: number): number {
    if (this.races === null || this.isWatched(this.races, address, site, false))
      this.hits.enter(address, false);
    return this.charged(0);
  }

  /** The line is one that the core has until later than the access under way. */
  private isHeld(address: number): boolean {
    const line = address >> this.lineShift;
    if (line !== this.heldLine || !this.hits.holdsOnly(line)) return false;
    return (this.fuel[0] as number) - this.access >= (this.fuel[FUEL.floor] as number);
  }

  /** The core has the line of the access just made, before which there was so much fuel, up to a known moment. */
  private hold(coherence: Coherence, address: number, before: number): void {
    const floor = this.floorFor(coherence, before);
    if (floor <= 0) return;
    this.hits.hold(address, floor);
    this.heldLine = address >> this.lineShift;
    this.heldPlace = coherence.place;
    this.heldUntil = coherence.contended[coherence.place] as number;
  }

  /** Accesses to the line that leave so much fuel are made in time. */
  private floorFor({ heldFor }: Coherence, before: number): number {
    return before - heldFor + 1 - this.access;
  }

  /** The line of the access just made may have to come from another core's cache. */
  private fetchLine(coherence: Coherence, isStore: boolean): number {
    const { mmu } = this;
    const now = this.system.now();
    this.origin = now + (this.fuel[0] as number);
    this.heldLine = -1;
    const ticks = coherence.access(mmu.line, this.core, isStore, now);
    if (ticks > 0) mmu.fetched(ticks);
    return ticks;
  }

  stackTop(): number {
    return stackTopOf(this.kernel.running.index);
  }

  /** Several threads: races are looked for, and the trace shows the accesses. Whether the next access like it need not be shown. */
  private isWatched(races: RaceDetector, address: number, site: number, isStore: boolean): boolean {
    races.access(address, site, isStore);
    if (!this.system.notesAccesses) return true;
    this.system.noteAccess(address, site, isStore);
    return !this.system.notesAccesses;
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

  mark(): ClockMark {
    return this.system.mark();
  }

  restore(mark: ClockMark): void {
    this.system.restore(mark);
  }

  allocate(bytes: number): number {
    const address = this.heapTop;
    if (bytes > HEAP_END - address) throw new RangeError('Out of memory: the heap of the process is full');
    // Bit operations keep it a small integer to the engine below, and with it all addresses.
    this.heapTop = (address + bytes + 15) & ~15;
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

  print(text: string): unknown {
    return this.kernel.print(this.process, text);
  }

  uncaught(error: unknown): void {
    this.system.uncaught(this.process, error);
  }
}

/** What the dearest access takes that is no page fault: translations, a line from another core or through all caches. */
function mostInReach({ caches, tlb, lineTransfer }: Costs): number {
  const fills = caches.reduce((sum, { fillRandom }) => sum + fillRandom, 0);
  return 2 * (tlb.walk + fills) + 4 * lineTransfer;
}

/** What a fault adds that copies a page. */
function mostOfFault({ pageFault, pageAllocate, pageZero, copyOnWrite, pageCopy }: Costs): number {
  return pageFault + pageAllocate + pageZero + copyOnWrite + pageCopy;
}
