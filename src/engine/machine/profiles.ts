/**
 * What things cost on three machines, in nanoseconds. The formulas are the same on each; only the numbers differ. Every figure and where it
 * comes from is in `src/content/sources/`; here stand the numbers alone.
 */

/** One level of cache. */
export interface CacheLevel {
  readonly name: string;
  readonly bytes: number;
  /** Places a line may be in. */
  readonly ways: number;
  /** A hit in this level. */
  readonly hit: number;
  /** Filling a line of the level above it from the next level when the prefetcher saw it coming, and when not. */
  readonly fillSequential: number;
  readonly fillRandom: number;
}

/** Costs in nanoseconds, sizes in the unit their names say. */
export interface CostProfile {
  readonly label: string;
  /** Bytes in a cache line. */
  readonly line: number;
  /** A hit in the level nearest to the core. */
  readonly access: number;
  /** Kernel entry and exit. */
  readonly modeSwitch: number;
  /** The scheduler chooses the next thread. */
  readonly schedulerPick: number;
  /** Save and restore registers, vector state, kernel stack. */
  readonly registers: number;
  /** Load the page-table register. */
  readonly addressSpaceSwitch: number;
  /** On top, where the TLB holds no tags or more address spaces took turns than it has tags. */
  readonly addressSpaceFlush: number;
  /** On top, where more than two threads take turns. */
  readonly readyQueue: number;
  /** Take a thread off the processor, and put one on the ready queue. */
  readonly block: number;
  readonly wake: number;
  /** Wake a sleeping core. */
  readonly crossCoreWake: number;
  /** Bodies of system calls. */
  readonly futexWait: number;
  readonly futexWake: number;
  readonly pipeOperation: number;
  readonly pipeByte: number;
  readonly socketOperation: number;
  readonly threadCreate: number;
  readonly threadExit: number;
  readonly forkBase: number;
  readonly forkPerMebibyte: number;
  readonly exitWait: number;
  readonly exitPerMebibyte: number;
  /** A signal reaches its handler, and the thread goes back to what it did; `kill` is a system call beside it. */
  readonly signal: number;
  /** Page faults: entry and bookkeeping; a frame; zeroing it; copying it; what copy-on-write adds. */
  readonly pageFault: number;
  readonly pageAllocate: number;
  readonly pageZero: number;
  readonly pageCopy: number;
  readonly copyOnWrite: number;
  /** User level. */
  readonly atomic: number;
  /** Taking or giving back a lock that nobody else wants. */
  readonly mutex: number;
  readonly lineTransfer: number;
  readonly fiberSwitch: number;
  readonly copyByte: number;
  readonly caches: readonly CacheLevel[];
  readonly memory: number;
  /** Bytes of its own that the kernel goes through at a switch of processes; 0 where they hardly show. */
  readonly kernelFootprint: number;
  /** The kernel takes fresh frames as they come, without regard to their places in the cache. */
  readonly scattersFrames: boolean;
  readonly tlb: {
    readonly entries: number;
    /** A translation that has to be fetched. */
    readonly walk: number;
    /** Entries carry the number of their address space, so a switch need not drop them. */
    readonly tagged: boolean;
    readonly tags: number;
  };
}

const modern: CostProfile = {
  label: 'A 64-bit core of the 2020s at 4 GHz under Linux, tagged TLB',
  line: 64,
  access: 1.2,
  modeSwitch: 75,
  schedulerPick: 85,
  registers: 55,
  addressSpaceSwitch: 90,
  addressSpaceFlush: 500,
  readyQueue: 350,
  block: 230,
  wake: 200,
  crossCoreWake: 1500,
  futexWait: 65,
  futexWake: 25,
  pipeOperation: 65,
  pipeByte: 0.05,
  socketOperation: 230,
  threadCreate: 3400,
  threadExit: 4000,
  forkBase: 26_000,
  forkPerMebibyte: 6000,
  exitWait: 48_000,
  exitPerMebibyte: 8000,
  signal: 825,
  pageFault: 450,
  pageAllocate: 100,
  pageZero: 220,
  pageCopy: 280,
  copyOnWrite: 700,
  atomic: 5,
  mutex: 5,
  lineTransfer: 50,
  fiberSwitch: 4,
  copyByte: 0.03,
  caches: [
    { name: 'L1d', bytes: 49_152, ways: 1, hit: 1.2, fillSequential: 0.05, fillRandom: 3.3 },
    { name: 'L2', bytes: 2_097_152, ways: 16, hit: 4.5, fillSequential: 0.2, fillRandom: 15.5 },
    { name: 'L3', bytes: 33_554_432, ways: 16, hit: 20, fillSequential: 0.8, fillRandom: 70 },
  ],
  memory: 90,
  kernelFootprint: 0,
  scattersFrames: false,
  tlb: { entries: 2048, walk: 10, tagged: true, tags: 6 },
};

/** Kernel paths for which an old machine has no figure of its own: those of `modern`, longer by this factor. */
function olderKernel(factor: number): Partial<CostProfile> {
  const scaled: Record<string, number> = {};
  const paths = [
    'futexWait',
    'futexWake',
    'socketOperation',
    'threadCreate',
    'threadExit',
    'signal',
  ] as const;
  for (const path of paths) scaled[path] = modern[path] * factor;
  for (const path of ['pageFault', 'pageAllocate', 'pageZero', 'pageCopy', 'copyOnWrite'] as const)
    scaled[path] = modern[path] * factor;
  return scaled;
}

/** User-level costs follow the clock. */
function olderCore(factor: number): Partial<CostProfile> {
  const { atomic, mutex, fiberSwitch, lineTransfer, access } = modern;
  return {
    access: access * factor,
    atomic: atomic * factor,
    mutex: mutex * factor,
    fiberSwitch: fiberSwitch * factor,
    lineTransfer: lineTransfer * factor,
    crossCoreWake: modern.crossCoreWake * factor,
  };
}

const p6: CostProfile = {
  ...modern,
  ...olderKernel(10),
  ...olderCore(12),
  label: 'Pentium Pro at 167 MHz under Linux 1.3 (1995)',
  line: 32,
  modeSwitch: 4000,
  schedulerPick: 1000,
  registers: 1500,
  addressSpaceSwitch: 500,
  addressSpaceFlush: 0,
  readyQueue: 0,
  block: 1500,
  wake: 1500,
  pipeOperation: 1000,
  pipeByte: 6.8,
  copyByte: 3.4,
  forkBase: 150_000,
  forkPerMebibyte: 100_000,
  exitWait: 250_000,
  exitPerMebibyte: 50_000,
  signal: 10_000,
  caches: [
    { name: 'L1d', bytes: 8192, ways: 1, hit: 18, fillSequential: 0, fillRandom: 0 },
    { name: 'L2', bytes: 262_144, ways: 2, hit: 90, fillSequential: 104, fillRandom: 104 },
  ],
  memory: 194,
  kernelFootprint: 40_960,
  scattersFrames: true,
  tlb: { entries: 64, walk: 200, tagged: false, tags: 0 },
};

const xeon: CostProfile = {
  ...modern,
  ...olderKernel(5),
  ...olderCore(2),
  label: 'Xeon at 2.0 GHz, 512 KiB second-level cache, under Linux 2.6.17 (2007)',
  line: 128,
  modeSwitch: 500,
  schedulerPick: 700,
  registers: 700,
  addressSpaceSwitch: 800,
  addressSpaceFlush: 0,
  readyQueue: 0,
  block: 800,
  wake: 800,
  pipeOperation: 500,
  pipeByte: 0.5,
  copyByte: 0.25,
  forkBase: 60_000,
  forkPerMebibyte: 20_000,
  exitWait: 100_000,
  exitPerMebibyte: 20_000,
  caches: [
    { name: 'L1d', bytes: 8192, ways: 1, hit: 1.5, fillSequential: 0, fillRandom: 0 },
    { name: 'L2', bytes: 524_288, ways: 8, hit: 9, fillSequential: 25, fillRandom: 300 },
  ],
  memory: 150,
  kernelFootprint: 32_768,
  tlb: { entries: 64, walk: 25, tagged: false, tags: 0 },
};

/** The profiles by the names that `machine({ costs })` takes. `free` is no profile: see `Costs`. */
export const PROFILES: Readonly<Record<string, CostProfile>> = {
  modern,
  'xeon-2007': xeon,
  'p6-1995': p6,
};
