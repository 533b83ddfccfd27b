import type { Program } from '../language/index.ts';
import type { HitTable } from '../machine/memory/index.ts';
import type { Report } from '../report.ts';
import type { KernelObject, Operation, OperationKind } from './operation.ts';
import type { Process } from './process.ts';
import type { Thread } from './thread.ts';

/** Threads whose order is kept track of; with more, races are no longer looked for (vector clocks grow with the square). */
export const MOST_THREADS = 256;
/** Races reported, at most. */
const MOST_RACES = 100;
/** An epoch is thread × this + its clock. */
const CLOCKS = 2 ** 40;
const PAGE_WORDS = 512;
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

/** The last reads of a word by threads that are not ordered among each other, in the order in which they first read it. */
class SharedReads {
  count = 0;
  readonly epochs: number[] = [];
  readonly sites: number[] = [];
  private readonly threads: number[] = [];

  set(thread: number, epoch: number, site: number): void {
    let place = 0;
    while (place < this.count && this.threads[place] !== thread) place++;
    if (place === this.count) this.count++;
    this.threads[place] = thread;
    this.epochs[place] = epoch;
    this.sites[place] = site;
  }
}

/** What the detector remembers of the words of one page: the last write, and the last read or all reads since it. */
class ShadowPage {
  readonly writes = new Float64Array(PAGE_WORDS);
  readonly writeSites = new Int32Array(PAGE_WORDS);
  readonly reads = new Float64Array(PAGE_WORDS);
  readonly readSites = new Int32Array(PAGE_WORDS);
  /** By word; with a count of 0 where one read stands for all. */
  private shared: SharedReads[] | null = null;

  /** All reads of a word since its last write, where one does not stand for them. */
  sharedReads(word: number): SharedReads | null {
    const reads = this.shared === null ? undefined : this.shared[word];
    return reads === undefined || reads.count === 0 ? null : reads;
  }

  /** From now on all reads of the word are kept. */
  share(word: number): SharedReads {
    this.shared ??= new Array<SharedReads>(PAGE_WORDS);
    const reads = this.shared[word] ?? new SharedReads();
    this.shared[word] = reads;
    return reads;
  }
}

type Clock = number[];
type Race = Report['races'][number];

/**
 * Happens-before race detection in the manner of FastTrack (Flanagan and Freund 2009): one number, an epoch, stands for the last write and mostly also for the
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
  private epoch = 0;
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
    this.epoch = this.epochOf(thread.index);
    this.tids[thread.index] = thread.tid;
  }

  private epochOf(thread: number): number {
    return thread * CLOCKS + (this.clockOf(thread)[thread] ?? 0);
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
    if (thread === this.thread) this.epoch = this.epochOf(thread);
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
    const { epoch } = this;
    if (page.reads[word] === epoch) return;
    const write = page.writes[word] as number;
    if (write !== 0 && !this.isBefore(write))
      this.report(write, page.writeSites[word] as number, true, site, false);
    const last = page.reads[word] as number;
    if (last !== 0 && !this.isBefore(last)) this.share(page, word, last);
    page.sharedReads(word)?.set(this.thread, epoch, site);
    page.reads[word] = epoch;
    page.readSites[word] = site;
  }

  /** Another read, not ordered with this one: from now on all of them are kept. */
  private share(page: ShadowPage, word: number, epoch: number): void {
    page.share(word).set(threadOf(epoch), epoch, page.readSites[word] as number);
  }

  private write(page: ShadowPage, word: number, site: number): void {
    const { epoch } = this;
    if (page.writes[word] === epoch) return;
    const write = page.writes[word] as number;
    if (write !== 0 && !this.isBefore(write))
      this.report(write, page.writeSites[word] as number, true, site, true);
    const shared = page.sharedReads(word);
    if (shared !== null) {
      for (let i = 0; i < shared.count; i++)
        if (!this.isBefore(shared.epochs[i] as number))
          this.report(shared.epochs[i] as number, shared.sites[i] as number, false, site, true);
      shared.count = 0;
    } else {
      const read = page.reads[word] as number;
      if (read !== 0 && !this.isBefore(read))
        this.report(read, page.readSites[word] as number, false, site, true);
    }
    page.writes[word] = epoch;
    page.writeSites[word] = site;
    page.reads[word] = 0;
  }

  /** Did what the epoch stands for happen before what the thread does now? */
  private isBefore(epoch: number): boolean {
    const thread = threadOf(epoch);
    return thread === this.thread || epoch - thread * CLOCKS <= (this.clock[thread] ?? 0);
  }

  private report(
    epoch: number,
    firstSite: number,
    firstWrites: boolean,
    site: number,
    writes: boolean,
  ): void {
    const { sites } = this.program;
    const pair = Math.min(firstSite, site) * sites.length + Math.max(firstSite, site);
    if (this.recent[pair & (RECENT_PAIRS - 1)] === pair) return;
    this.recent[pair & (RECENT_PAIRS - 1)] = pair;
    if (this.known.has(pair) || this.races.length === MOST_RACES) return;
    this.known.add(pair);
    const first = this.tids[threadOf(epoch)] ?? 0;
    this.races.push({
      variable: sites[site]?.name ?? '?',
      first: { tid: first, line: sites[firstSite]?.line ?? 0, write: firstWrites },
      second: { tid: this.tids[this.thread] ?? 0, line: sites[site]?.line ?? 0, write: writes },
    });
  }
}

function threadOf(epoch: number): number {
  return Math.floor(epoch * (1 / CLOCKS));
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
