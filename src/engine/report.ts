import type { MachineRequest } from './language/program.ts';

/** Limits of one run. Passing one ends the run with status `limit` and keeps what it did so far. */
export interface Limits {
  /** Virtual nanoseconds. */
  readonly time: number;
  /** Accesses, calls and loop turns together. */
  readonly steps: number;
  /** Lines of output. */
  readonly lines: number;
  readonly threads: number;
  /** Events kept in the trace; later ones are dropped and `Trace.truncated` is set. */
  readonly events: number;
}

/** What the page's controls or the command line set; wins over the snippet's own `machine({...})`. */
export interface RunOptions extends MachineRequest {
  readonly limits?: Partial<Limits>;
}

/** One line of output. */
export interface OutputLine {
  readonly time: number;
  readonly pid: number;
  readonly tid: number;
  readonly text: string;
}

/** What went wrong, and where (0 where that is not known). */
export interface ErrorReport {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** The frames of an uncaught error, innermost first, a line each: `at work (snippet.ts:3:7)`. */
  readonly stack?: readonly string[];
}

/** What `run --json` prints. Times are virtual nanoseconds. */
export interface Report {
  readonly status: 'exited' | 'deadlock' | 'limit' | 'compile-error';
  readonly stdout: readonly OutputLine[];
  /** Compile errors, uncaught errors of process 1, which limit was passed, the deadlock in words. */
  readonly error?: ErrorReport;
  readonly time: number;
  readonly processes: readonly {
    readonly pid: number;
    readonly parent: number;
    readonly name: string;
    readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
    readonly peakMemory: number;
    /** What ended a process other than the first: an error nobody caught, or what it was killed for. */
    readonly error?: ErrorReport;
  }[];
  readonly threads: readonly {
    readonly tid: number;
    readonly pid: number;
    readonly name: string;
    readonly created: number;
    readonly firstRun: number | null;
    readonly finished: number | null;
    readonly cpu: number;
    readonly ready: number;
    readonly blocked: number;
  }[];
  readonly timeline: readonly {
    readonly core: number;
    readonly tid: number;
    readonly start: number;
    readonly end: number;
  }[];
  readonly races: readonly {
    readonly variable: string;
    readonly first: { readonly tid: number; readonly line: number; readonly write: boolean };
    readonly second: { readonly tid: number; readonly line: number; readonly write: boolean };
  }[];
  /** What went well this time but need not (locks taken in both orders, memory used after it was freed), and what was not looked for (races of too many threads). */
  readonly warnings?: readonly string[];
  readonly metrics: {
    readonly threadSwitches: number;
    readonly processSwitches: number;
    readonly fiberSwitches: number;
    readonly syscalls: number;
    readonly bytesCopied: number;
    readonly pageFaults: number;
    readonly tlbMisses: number;
    readonly cacheMisses: number;
    readonly useful: number;
    readonly overhead: number;
    readonly idle: number;
  };
}
