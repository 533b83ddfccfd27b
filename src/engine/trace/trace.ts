/**
 * What happened in a run, as plain columns: row i of every column is one event, in the order in which the kernel
 * saw them (times never go down on one core). Structured-cloneable; views are pure functions of (Trace, time).
 */
export interface Trace {
  readonly format: 1;
  /** Cores of the machine. */
  readonly cores: number;
  /** Virtual time at the end, nanoseconds. */
  readonly end: number;
  /** Number of events. */
  readonly length: number;
  /** Virtual nanoseconds. */
  readonly time: Float64Array;
  /** One of `EventKind`. */
  readonly kind: Uint8Array;
  /** Core it happened on; -1 where none did it (a timer, a device). */
  readonly core: Int16Array;
  /** Thread it concerns. */
  readonly tid: Int32Array;
  /** Site in the program, or -1. */
  readonly site: Int32Array;
  /** Two arguments, whose meaning depends on the kind. */
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** Texts that events refer to by index. */
  readonly strings: readonly string[];
  readonly processes: readonly TracedProcess[];
  readonly threads: readonly TracedThread[];
  readonly objects: readonly TracedObject[];
  /** Address spaces as they stood at the end of the run, or of the process. */
  readonly memory?: readonly TracedMemory[];
  /**
   * How page tables changed, `PAGE_CHANGE` numbers a change: events before it, process, page, frame (-1: none any more), 1 where it is copied on write.
   * Missing where nobody wrote it down.
   */
  readonly pages?: Int32Array;
  /** Stacks of the threads that had not ended, innermost frame first. */
  readonly stacks?: readonly TracedStack[];
  /** True where events were dropped because the trace had reached its limit. */
  readonly truncated: boolean;
}

export interface TracedProcess {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}
export interface TracedThread {
  readonly tid: number;
  readonly pid: number;
  readonly name: string;
}
/** One process's address space. */
export interface TracedMemory {
  readonly pid: number;
  readonly segments: readonly { readonly name: string; readonly start: number; readonly end: number }[];
  /** Pages that had a frame: page number, frame number; `shared`: another process has the same frame; `cow`: until one of them writes. */
  readonly pages: readonly {
    readonly page: number;
    readonly frame: number;
    readonly shared: boolean;
    readonly cow: boolean;
  }[];
}
/** A frame of a thread's stack, and its variables where the program was compiled with them, outermost scope first. */
export interface TracedFrame {
  readonly function: string;
  readonly line: number;
  readonly locals?: readonly {
    readonly name: string;
    /** As `console.log` shows it, cut to about a line. */
    readonly value: string;
    readonly segment: 'data' | 'heap' | 'stack';
    /** Virtual address; 0 where it has none of its own. */
    readonly address: number;
  }[];
}
/** Where a thread stood. */
export interface TracedStack {
  readonly tid: number;
  readonly frames: readonly TracedFrame[];
  /** What it waited for, in words; null where it could run. */
  readonly waitsFor: string | null;
  /** Its registers: the address of the code it was at, and of the end of its stack. */
  readonly registers?: { readonly programCounter: number; readonly stackPointer: number };
}
/** A kernel object events refer to (mutex, pipe, …); `kind` in the words of the library. */
export interface TracedObject {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
}

/** Kinds of event. Numbers are part of the format: add at the end, never renumber. */
export const EventKind = {
  /** Thread exists and is ready. a = tid of its creator. */
  Create: 0,
  /** Thread starts to run on the core. */
  Dispatch: 1,
  /** Thread stops running. a = `StopReason`, b = object it waits for or -1. */
  Stop: 2,
  /** Thread becomes ready again. a = tid that woke it or -1. */
  Wake: 3,
  /** Thread is over. a = 0 returned, 1 uncaught error, 2 killed with its process. */
  Exit: 4,
  /** A line of output. a = index into strings. */
  Print: 5,
  /** Overhead: a = nanoseconds (the interval starts at `time`), b = `CostPart`. */
  Overhead: 6,
  /** A kernel object changed: lock taken. a = object. */
  Acquire: 7,
  /** Lock given back. a = object. */
  Release: 8,
  /** Load of a shared location. a = address, b = index into strings of the value's text or -1. */
  Load: 9,
  /** Store to a shared location. a = address, b = index into strings of the value's text or -1. */
  Store: 10,
  /** A message (or bytes) went into a channel, a pipe, a queue, a socket. a = object. */
  Send: 11,
  /** A message (or bytes) came out of one. a = object. */
  Receive: 12,
} as const;

/** Why a thread stopped running. */
export const StopReason = { Preempted: 0, Blocked: 1, Yielded: 2, Exited: 3, Slept: 4 } as const;

/** What an overhead interval was spent on. */
export const CostPart = {
  ModeSwitch: 0,
  Registers: 1,
  Pick: 2,
  AddressSpace: 3,
  Tlb: 4,
  Cache: 5,
  Kernel: 6,
  Fault: 7,
  Fiber: 8,
} as const;
