import type { Segment } from './program.ts';

/** How one resume of a thread's stack ended. */
export type Outcome =
  /** Out of fuel, or inside a kernel call that returned SUSPENDED; the kernel knows which. */
  | 'suspended'
  /** The bottom function returned; `Stack.value` holds what. */
  | 'returned'
  /** The bottom function threw; `Stack.value` holds what. */
  | 'threw';

/** A variable of a frame, as a debugger shows it. */
export interface Local {
  readonly name: string;
  /** As `console.log` shows it, cut to about a line. */
  readonly value: string;
  readonly segment: Segment;
  /** Virtual address; 0 where it has none of its own (a constant that no thread can see change). */
  readonly address: number;
}

/** One frame, as a debugger shows it. */
export interface FrameInfo {
  /** Index into `Program.functions`. */
  readonly function: number;
  /** The site the frame is at: index into `Program.sites`, or -1 where unknown. */
  readonly site: number;
  /** The variables in reach, outermost scope first; left out unless the program was compiled with `locals`. */
  readonly locals?: readonly Local[];
}

/** The access a stack stopped in front of, when a Host answered `touch` with less than zero. */
export interface Access {
  readonly address: number;
  readonly site: number;
}

/**
 * One thread's call stack: an array of suspended frames. Resuming costs the same at any depth, because only the
 * innermost frame is entered; the one below is entered when it returns.
 */
export interface Stack {
  /** The last returned or thrown value. */
  readonly value: unknown;
  /** The access in front of which the stack stands, or null. */
  readonly pending: Access | null;
  /** Where the innermost frame stands that stands at a site of the program; -1 for nowhere. */
  readonly site: number;
  /** Number of suspended frames. */
  readonly depth: number;
  /** Run until the fuel is spent, a kernel call suspends, or the bottom function ends. */
  resume(): Outcome;
  /** The kernel call the stack waits in will return this on the next resume. */
  answer(value: unknown): void;
  /** The kernel call the stack waits in will throw this on the next resume. */
  fail(error: unknown): void;
  /**
   * Run `body` on top of this stack before it goes on (a signal handler). With `replacesAnswer`, what the body returns is
   * what the interrupted kernel call returns (a call that the body does again).
   */
  interrupt(body: (...args: never[]) => unknown, args: readonly unknown[], replacesAnswer?: boolean): void;
  /** Innermost first. Costs time in proportion to the depth. `top`: where the thread's stack begins, for the addresses of variables. */
  frames(top?: number): FrameInfo[];
  /** Where each frame is, innermost last, and what its variables hold (in a program compiled with `locals`). */
  values(): unknown[];
  /**
   * The same while it runs: `trace` is the host's own stack trace, which has what has been called since the stack was resumed; `at` the site that the innermost
   * frame is at, -1 where that is not known.
   */
  framesNow(trace: string, at: number, top?: number): FrameInfo[];
}
