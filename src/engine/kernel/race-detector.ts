import type { Program } from '../language/index.ts';
import type { HitTable } from '../machine/memory/index.ts';
import type { Report } from '../report.ts';
import type { KernelObject, Operation, OperationKind } from './operation.ts';
import type { Process } from './process.ts';
import {
  FIELDS,
  PAGE_WORDS,
  READ_SITE,
  READ_THREAD,
  READ_TIME,
  SHARED,
  ShadowPage,
  type SharedReads,
  WRITE_SITE,
  WRITE_THREAD,
  WRITE_TIME,
} from './shadow-page.ts';
import type { Thread } from './thread.ts';

/** Threads whose order is kept track of; with more, races are no longer looked for (vector clocks grow with the square). */
export const MOST_THREADS = 256;
/** Races reported, at most. */
const MOST_RACES = 100;
const CACHE_SLOTS = 64;
/** Pairs of sites found lately. */
const RECENT_PAIRS = 64;

/** Operations after which the thread knows what was done before the others on the same object. */
const ACQUIRES: ReadonlySet<OperationKind> = new Set<OperationKind>([
  'lock',
  'tryLock',
  'reacquire',
  'acquire',
  'tryAcquire',
  'readLock',
  'writeLock',
  'receive',
  'leave',
  'join',
  'atomicLoad',
  'atomicStore',
  'atomicUpdate',
  'compareExchange',
  'arrive',
  'send',
]);
/** Operations that tell those who come after what was done before. */
const RELEASES: ReadonlySet<OperationKind> = new Set<OperationKind>([
  'unlock',
  'wait',
  'release',
  'readUnlock',
  'writeUnlock',
  'send',
  'receive',
  'close',
  'arrive',
  'atomicStore',
  'atomicUpdate',
  'compareExchange',
  'atomicLoad',
]);

type Clock = number[];
type Race = Report['races'][number];

/**
 * Happens-before race detection in the manner of FastTrack (Flanagan and Freund 2009): one epoch, a thread with a time of its clock, stands for the last write and mostly also for the
 * last read of a word; whole vector clocks are kept only for threads, for synchronisation objects, and for words that several threads read. One detector for each process.
 */
export class RaceDetector {
  readonly races: Race[] = [];
  private readonly program: Program;
  private readonly hits: HitTable;
  private readonly pages = new Map<number, ShadowPage>();
  private readonly cachedNumbers = new Int32Array(CACHE_SLOTS).fill(-1);
  private readonly cachedPages: ShadowPage[] = [];
  private readonly clocks: Clock[] = [];
  private readonly released = new Map<KernelObject, Clock>();
  private readonly known = new Set<number>();
  private readonly recent = new Int32Array(RECENT_PAIRS).fill(-1);
  private readonly tids: number[] = [];
  /** Races are still looked for. */
  isOn = true;
  private thread = 0;
  /** Its clock's time: together they are its epoch. */
  private time = 0;
  private clock: Clock = [];

  /** @param hits Cleared when a thread's epoch ends. */
  constructor(program: Program, hits: HitTable) {
    this.program = program;
    this.hits = hits;
  }

  /** The next accesses are this thread's. */
  enter(thread: Thread): void {
    if (!this.isOn) return;
    this.thread = thread.index;
    this.clock = this.clockOf(thread.index);
    this.time = this.clock[thread.index] as number;
    this.tids[thread.index] = thread.tid;
  }

  private clockOf(thread: number): Clock {
    let clock = this.clocks[thread];
    if (!clock) {
      clock = [];
      clock[thread] = 1;
      for (let i = 0; i < thread; i++) clock[i] ??= 0;
      this.clocks[thread] = clock;
    }
    return clock;
  }

  /** A thread begins: it knows all that its creator knew. */
  spawn(parent: Thread, child: Thread): void {
    if (child.index >= MOST_THREADS) this.giveUp();
    if (!this.isOn) return;
    merge(this.clockOf(child.index), this.clockOf(parent.index));
    this.advance(parent.index);
  }

  /** Too many threads: look no further, and keep only the races found so far. */
  private giveUp(): void {
    this.isOn = false;
    this.clocks.length = 0;
    this.released.clear();
    this.pages.clear();
  }

  private advance(thread: number): void {
    this.hits.clear();
    const clock = this.clockOf(thread);
    clock[thread] = (clock[thread] ?? 0) + 1;
    if (thread === this.thread) this.time = clock[thread] as number;
  }

  /** An operation was done: it may order its thread after or before others. */
  synchronise({ kind, object, also, thread }: Operation): void {
    if (!this.isOn) return;
    const { index } = thread;
    if (ACQUIRES.has(kind)) merge(this.clockOf(index), this.released.get(object) ?? []);
    if (!RELEASES.has(kind)) return;
    this.release(kind === 'wait' && also ? also : object, index);
  }

  private release(object: KernelObject, thread: number): void {
    const clock = this.released.get(object) ?? [];
    this.released.set(object, clock);
    merge(clock, this.clockOf(thread));
    this.advance(thread);
  }

  /** The thread has ended: whoever joins it knows all it did. */
  end(thread: Thread): void {
    if (this.isOn) this.release(thread, thread.index);
  }

  /** One load or store by the thread entered last. */
  access(address: number, site: number, isStore: boolean): void {
    if (!this.isOn) return;
    const page = this.page(address);
    const word = (address >>> 3) & (PAGE_WORDS - 1);
    if (isStore) this.write(page, word, site);
    else this.read(page, word, site);
  }

  private page(address: number): ShadowPage {
    const number = address >>> 12;
    const slot = number & (CACHE_SLOTS - 1);
    if (this.cachedNumbers[slot] === number) return this.cachedPages[slot] as ShadowPage;
    const page = this.pages.get(number) ?? new ShadowPage();
    this.pages.set(number, page);
    this.cachedNumbers[slot] = number;
    this.cachedPages[slot] = page;
    return page;
  }

  private read(page: ShadowPage, word: number, site: number): void {
    const { thread, time, clock } = this;
    const { facts } = page;
    const at = word * FIELDS;
    const lastThread = facts[at + READ_THREAD] as number;
    const lastTime = facts[at + READ_TIME] as number;
    if (lastTime === time && lastThread === thread) return;
    this.checkWrite(facts, at, site, false);
    if (lastThread !== thread && lastTime !== 0 && lastTime > (clock[lastThread] ?? 0)) {
      const reads = page.share(word);
      reads.set(lastThread, lastTime, facts[at + READ_SITE] as number);
      reads.set(thread, time, site);
    } else if (facts[at + SHARED] !== 0) page.sharedReads(word)?.set(thread, time, site);
    facts[at + READ_TIME] = time;
    facts[at + READ_THREAD] = thread;
    facts[at + READ_SITE] = site;
  }

  private write(page: ShadowPage, word: number, site: number): void {
    const { thread, time, clock } = this;
    const { facts } = page;
    const at = word * FIELDS;
    if (facts[at + WRITE_TIME] === time && facts[at + WRITE_THREAD] === thread) return;
    this.checkWrite(facts, at, site, true);
    const readThread = facts[at + READ_THREAD] as number;
    const readTime = facts[at + READ_TIME] as number;
    const shared = facts[at + SHARED] === 0 ? null : page.sharedReads(word);
    if (shared !== null) this.checkReads(shared, site);
    else if (readThread !== thread && readTime !== 0 && readTime > (clock[readThread] ?? 0))
      this.race(readThread, facts[at + READ_SITE] as number, false, site, true);
    facts[at + WRITE_TIME] = time;
    facts[at + WRITE_THREAD] = thread;
    facts[at + WRITE_SITE] = site;
    facts[at + READ_TIME] = 0;
  }

  /** The last write happened before what the thread entered last does now, or there is a race. */
  private checkWrite(facts: Int32Array, at: number, site: number, writes: boolean): void {
    const thread = facts[at + WRITE_THREAD] as number;
    const time = facts[at + WRITE_TIME] as number;
    if (thread !== this.thread && time !== 0 && time > (this.clock[thread] ?? 0))
      this.race(thread, facts[at + WRITE_SITE] as number, true, site, writes);
  }

  private checkReads(shared: SharedReads, site: number): void {
    const { threads, times, sites } = shared;
    for (let i = 0; i < shared.count; i++) {
      const thread = threads[i] as number;
      if (thread !== this.thread && (times[i] as number) > (this.clock[thread] ?? 0))
        this.race(thread, sites[i] as number, false, site, true);
    }
    shared.count = 0;
  }

  /** What a thread did at `firstSite` is not ordered with what the thread entered last does at `site`. */
  private race(thread: number, firstSite: number, firstWrites: boolean, site: number, writes: boolean): void {
    const { sites } = this.program;
    const pair = Math.min(firstSite, site) * sites.length + Math.max(firstSite, site);
    if (this.recent[pair & (RECENT_PAIRS - 1)] === pair) return;
    this.recent[pair & (RECENT_PAIRS - 1)] = pair;
    if (this.known.has(pair) || this.races.length === MOST_RACES) return;
    this.known.add(pair);
    this.races.push({
      variable: sites[site]?.name ?? '?',
      first: { tid: this.tids[thread] ?? 0, line: sites[firstSite]?.line ?? 0, write: firstWrites },
      second: { tid: this.tids[this.thread] ?? 0, line: sites[site]?.line ?? 0, write: writes },
    });
  }
}

function merge(into: Clock, from: Clock): void {
  for (let i = 0; i < from.length; i++) {
    const there = from[i] ?? 0;
    if (there > (into[i] ?? 0)) into[i] = there;
  }
}

/** The races of all processes. */
export function racesOf(processes: readonly Process[]): Race[] {
  return processes.flatMap(({ races }) => races?.races ?? []);
}

/** For each process that had too many threads to look for races to the end: that, in words. */
export function racesUnseen(processes: readonly Process[]): string[] {
  return processes
    .filter(({ races }) => races !== null && !races.isOn)
    .map(
      ({ name, pid, threadsMade }) =>
        `Data races were looked for among the first ${MOST_THREADS} threads of ${name} (pid ${pid}) only, until the next one began: it had ${threadsMade}. Races listed are real; others may be missing.`,
    );
}
