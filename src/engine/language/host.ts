/**
 * What compiled code asks of the machine it runs on. The language never knows which machine, which kernel or
 * which scheduler answers; the machine never knows what the code means. One Host serves one process.
 */
export interface Host {
  /**
   * `fuel[0]`: ticks the running thread may still spend before it has to give the processor back
   * (`TICKS_PER_NANOSECOND` ticks make a nanosecond of virtual time). Compiled code subtracts from it at loop
   * edges and function entries; below zero it suspends. The kernel refills it before each resume and reads from
   * it how much time went by.
   *
   * A host that makes the array `FUEL.length` long may keep a table of accesses behind it that `touch` would charge `FUEL.hitTicks` for and do nothing else:
   * compiled code looks there first (see {@link FUEL}). A host that wants to be told of every access leaves the table out.
   */
  readonly fuel: Int32Array;

  /**
   * The thread is about to load or store (the site says which) the 8 bytes at a virtual address. Charges the
   * access (TLB, cache, page fault, race detector) and returns `fuel[0]`: below zero, the code suspends *before*
   * the access and performs it when it is resumed, without asking again. A scheduler that wants to be asked at every access (the
   * explorer) answers below zero every time; it finds the access in `Stack.pending`.
   */
  touch(address: number, site: number): number;

  /** Ticks of plain work (arithmetic, local variables, native calls): returns `fuel[0]` after the charge. */
  charge(ticks: number): number;

  /**
   * Code that cannot be suspended where it stands (a function compiled plain, a callback of a built-in) has run
   * out of fuel. True: fuel was refilled, go on. False: give the processor back; plain code unwinds and is run
   * again in its suspendable form, a one-step callback goes on regardless.
   */
  refuel(): boolean;

  /** The state of the clock that `refuel` changes, `fuel[0]` apart: taken before a plain function is given more fuel. */
  mark?(): object;

  /** Nothing that was paid for since a mark has happened: the plain function is run again in its suspendable form. */
  restore?(mark: object): void;

  /**
   * Reserve `bytes` in the process's heap and return the virtual address. Throws the thread's `RangeError`
   * (out of memory) where the process has reached its limit.
   */
  allocate(bytes: number): number;

  /** Highest address of the running thread's stack segment, for the addresses of local variables. */
  stackTop?(): number;

  /** Virtual time, nanoseconds since the machine was switched on. */
  now(): number;

  /** Next number of the machine's seeded source of chance, in [0, 1). Serves `Math.random`. */
  random(): number;

  /** The process's event loop has nothing to do before `time` (nanoseconds; Infinity: until something is posted). Blocks the calling thread. */
  idleUntil(time: number): unknown;

  /**
   * Something was put into the event loop of the process while a thread waits in `idleUntil` (another thread made a
   * promise job or a timer): let that thread go on.
   */
  wake?(): void;

  /**
   * Another thread of the process lives: it may yet settle a promise that the event loop waits for. The answer turns to no together with a `wake`.
   * Where this is left out, a loop with nothing to do ends.
   */
  othersLive?(): boolean;

  /** `wake` is to be called for everything that is put into the event loop, whether or not anybody waits. */
  readonly isToldAll?: boolean;

  /**
   * In a program compiled `watched`: a value was loaded from where `touch` was last told; what the program gets to see is the answer.
   */
  loaded?(value: unknown): unknown;

  /** In a program compiled `watched`: `apply` stores the value where `touch` was last told, now or later. Returns the value. */
  stored?(value: unknown, apply: (value: unknown) => void): unknown;

  /**
   * Compiled code is about to call or construct a built-in. Answering SUSPENDED takes the call over: the thread is given its result later. Answering `LOOK` lets the thread stop in
   * front of the call, which is made when it goes on. In code that cannot be suspended the call is made in any case. `goesByItself`: the built-in makes its accesses one by one, or asks the kernel.
   */
  calls?(f: Function, self: unknown, args: readonly unknown[], goesByItself: boolean): unknown;

  /** May the array at this address become longer or shorter while others walk over it? Then the end of a walk is an access. */
  mayGrow?(base: number): boolean;

  /** In a program compiled `watched`: the language is about to look into an object without accesses. SUSPENDED: the thread stops in front of that. */
  looks?(look: Look, value: object, key?: PropertyKey): unknown;

  /** In a program compiled `watched`: a property of the object is deleted, with an access that was made before. */
  deletes?(target: object): void;

  /** The object has been given this address. */
  located?(base: number, target: object): void;

  /** An access to this address takes `FUEL.mostInReach` at most, if it is made next: no page fault. Changes nothing. */
  reaches?(address: number, isStore: boolean): boolean;

  /** The process of the running thread is over: the thread must not go on. Asked where an access came to nothing although there was fuel. */
  readonly isOver?: boolean;

  /** The elements of the object at address `base` are given these bytes from `start` on. */
  places?(start: number, bytes: number, base: number): void;

  /**
   * Where a property of the object at address `base` lies (`bytes` of it, where `key` stands for a chunk of its elements). A host that answers this has one place for each
   * object and key, whatever the order in which threads come to them; objects then get their addresses when they are made.
   */
  place?(base: number, key: PropertyKey, bytes: number): number;

  /** The key whose place (see `place`) in the object at address `base` is at `address`, where one is. */
  keyAt?(base: number, address: number): PropertyKey | undefined;

  /** Write one line of the process's output; SUSPENDED where other cores have to come so far first. */
  print(text: string): unknown;

  /** An error nobody caught in an event-loop job or a rejected promise nobody handled: ends the process. */
  uncaught(error: unknown): void;
}

/** What the language looks at when it looks into an object: whatever a text of it is made of, its keys, its values, one key. */
export type Look = 'text' | 'keys' | 'values' | 'key';

/**
 * Places in `Host.fuel`. An access to address `a` is a known hit where `fuel[loads + (u & (entries - 1))]` is `u`, `u` being `a >> fuel[shift]`; for a store, the same
 * from `stores` on. Code that meets one takes `fuel[hitTicks]` from `fuel[0]`, adds one to `fuel[hits]` and goes on; where less than `fuel[floor]` would be left it calls `touch`.
 */
export const FUEL = {
  left: 0,
  /** What a hit costs, ticks. */
  hitTicks: 1,
  /** Hits that code charged by itself. */
  hits: 2,
  shift: 3,
  /** Hits are known until they would leave less than this: the fuel is spent (0), or an entry is true up to there only. */
  floor: 4,
  /**
   * The most ticks that one access can take, or {@link UNBOUNDED} where it may stop for another reason than fuel. Code that has fuel for all accesses ahead
   * makes them without asking after each.
   */
  most: 5,
  /** The same of an access that is no page fault. */
  mostInReach: 6,
  /** Not 0 where there are known hits. */
  known: 7,
  loads: 8,
  stores: 8 + 512,
  entries: 512,
  length: 8 + 2 * 512,
} as const;

/** More than any thread's fuel. */
export const UNBOUNDED = 0x3fff_ffff;

/** Ticks in a nanosecond: the resolution of the virtual clock. */
export const TICKS_PER_NANOSECOND = 16;

/**
 * What a kernel call returns, and what compiled code passes up, when the running thread cannot go on now. The
 * kernel later resumes the thread's Stack with the call's result.
 */
export const SUSPENDED: unique symbol = Symbol('suspended');

/** See `Host.calls`. */
export const LOOK: unique symbol = Symbol('look');
