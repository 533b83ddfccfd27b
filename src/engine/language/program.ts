/**
 * A compiled snippet: plain data, safe to store as JSON, to post between workers and to build ahead of time.
 * Made by `compile`, run by `Instance`.
 */
export interface Program {
  /** Version of this shape. A reader of another version must refuse it and compile again. */
  readonly format: 1;
  /** File name as the reader knows it; shown in errors. */
  readonly name: string;
  /** The reader's own text, exactly. */
  readonly source: string;
  /** JavaScript: the body of a function that takes the runtime and returns the module's entry. Never shown. */
  readonly code: string;
  /** Every place in the source that can be a step, an error or a call; a site id is an index into this. */
  readonly sites: readonly Site[];
  /** The functions of the source, for stacks and the memory view. Index 0 is the module itself. */
  readonly functions: readonly FunctionInfo[];
  /** Variables that have an address of their own (module variables, captured variables). */
  readonly variables: readonly VariableInfo[];
  /** What the literal argument of `machine({...})` asks for, or null where the snippet does not ask. */
  readonly machine: MachineRequest | null;
}

/** Kinds of site, in the words the reader sees ("load counter", "call work"). */
export type SiteKind = 'load' | 'store' | 'call' | 'new' | 'throw' | 'loop' | 'await' | 'yield' | 'function';

/** One place in the reader's source. */
export interface Site {
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  readonly kind: SiteKind;
  /** The variable, property (`.name`, `[]`) or callee as written. */
  readonly name: string;
  /** A call's callee as errors write it (`a.b`), where that is more than the name. */
  readonly callee?: string;
  /** The function it is in: index into `Program.functions`. */
  readonly function: number;
}

/** A function of the source. */
export interface FunctionInfo {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  /** Its text is `Program.source.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
}

/** Where a variable lives: the data segment, the heap (captured), a thread's stack. */
export type Segment = 'data' | 'heap' | 'stack';

/** A variable with an address. */
export interface VariableInfo {
  readonly name: string;
  readonly segment: Segment;
  readonly line: number;
  readonly column: number;
}

/** What a snippet may ask of its machine. Durations are virtual nanoseconds. */
export interface MachineRequest {
  readonly cores?: number;
  readonly policy?: string | { readonly name: string; readonly [parameter: string]: unknown };
  readonly quantum?: number;
  readonly seed?: number;
  readonly costs?: string | { readonly [cost: string]: unknown };
  readonly memory?: number;
  readonly memoryModel?: 'sc' | 'tso';
  readonly interpreterLock?: boolean;
  readonly spuriousWakeups?: boolean;
}

/** Source that does not compile: where, and what to do. Lines and columns are 1-based. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
  readonly line: number;
  readonly column: number;
  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}
