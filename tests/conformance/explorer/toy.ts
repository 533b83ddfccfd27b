import { Access, NONE, type Operation } from '../../../src/engine/explorer/model.ts';
import type { Failure, Stuck, Subject } from '../../../src/engine/explorer/subject.ts';

/**
 * The smallest machine that can be explored: threads are generators that yield one visible operation at a time, memory is an
 * array of numbers. It is what the search is checked on, apart from the kernel and the language.
 */
export interface ToyProgram {
  /** First values of the cells; cell i is object i. Mutexes and conditions are cells too (0: free). */
  readonly cells: readonly number[];
  readonly threads: readonly ((registers: (number | undefined)[]) => ToyThread)[];
  /** What is observed at the end. */
  readonly observe?: (registers: readonly (number | undefined)[], cells: readonly number[]) => string;
}

export type ToyThread = Generator<ToyOperation, void, number>;

type Effect =
  | 'load'
  | 'store'
  | 'update'
  | 'cas'
  | 'lock'
  | 'tryLock'
  | 'unlock'
  | 'wait'
  | 'reacquire'
  | 'signal'
  | 'flush'
  | 'stop';

/** One operation of a toy thread. */
export class ToyOperation implements Operation {
  readonly kind: Effect;
  readonly object: number;
  readonly also: number;
  readonly access: Access;
  readonly blocks: boolean;
  readonly plain: boolean;
  readonly value: number;
  readonly desired: number;

  constructor(kind: Effect, object: number, access: Access, value = 0, desired = 0, also = -1) {
    this.kind = kind;
    this.object = object;
    this.access = access;
    this.value = value;
    this.desired = desired;
    this.also = also;
    this.plain = kind === 'load' || kind === 'store';
    this.blocks = kind === 'lock' || kind === 'reacquire';
  }

  possible(before: unknown): boolean {
    return before === (this.kind === 'cas' ? this.value : 0);
  }
}

export const load = (cell: number) => new ToyOperation('load', cell, Access.Read);
export const store = (cell: number, value: number) => new ToyOperation('store', cell, Access.Write, value);
/** Atomic add; answers the old value. */
export const add = (cell: number, value = 1) => new ToyOperation('update', cell, Access.Write, value);
/** Compare and swap; answers 1 where it succeeded. A failed one is a read. */
export const cas = (cell: number, expected: number, desired: number) =>
  new ToyOperation('cas', cell, Access.Conditional, expected, desired);
export const lock = (mutex: number) => new ToyOperation('lock', mutex, Access.Write);
export const tryLock = (mutex: number) => new ToyOperation('tryLock', mutex, Access.Conditional);
export const unlock = (mutex: number) => new ToyOperation('unlock', mutex, Access.Write);
/** Gives the mutex back, waits for a signal, takes the mutex again. */
export function* wait(condition: number, mutex: number): ToyThread {
  yield new ToyOperation('wait', condition, Access.Write, 0, 0, mutex);
  yield new ToyOperation('reacquire', mutex, Access.Write);
}
export const signal = (condition: number) => new ToyOperation('signal', condition, Access.Write);
/** The thread never goes on (a failed `assume`). */
export const stop = () => new ToyOperation('stop', -1, Access.None);

/** What an assertion that fails throws. */
export function check(condition: boolean): void {
  if (!condition) throw new Error('assertion failed');
}

/** Runs a `ToyProgram`, under sequential consistency. */
export class ToyExecution implements Subject {
  size: number;
  wrote = false;
  before: unknown = 0;
  beforeAlso: unknown = 0;
  readonly halted = false;
  failure: Failure | null = null;
  readonly touched = NONE;
  cells: number[] = [];
  registers: (number | undefined)[] = [];
  protected readonly program: ToyProgram;
  protected threads: ToyThread[] = [];
  protected next: (ToyOperation | null)[] = [];
  protected steps = 0;
  private wakers: number[] = [];
  private waiting: number[][] = [];

  constructor(program: ToyProgram) {
    this.program = program;
    this.size = program.threads.length;
  }

  start(): void {
    this.cells = this.program.cells.slice();
    this.registers = [];
    this.failure = null;
    this.steps = 0;
    if (this.waiting.length > 0) this.waiting = [];
    this.threads.length = 0;
    this.next.length = 0;
    this.wakers.length = 0;
    for (const body of this.program.threads) {
      const thread = body(this.registers);
      this.threads.push(thread);
      this.wakers.push(-1);
      this.next.push(thread.next().value as ToyOperation | null);
    }
  }

  get finished(): boolean {
    return this.next.every((operation) => operation === undefined);
  }

  get stdout(): readonly string[] {
    return [this.program.observe?.(this.registers, this.cells) ?? ''];
  }

  takeStale(): boolean {
    return false;
  }

  describeDeadlock(): Stuck {
    return { kind: 'deadlock', message: 'deadlock' };
  }

  raceKey(first: Operation, second: Operation): string {
    return `${first.kind} ${second.kind} ${first.object}`;
  }

  threadOf(process: number): number {
    return process;
  }

  pending(process: number): ToyOperation | null {
    const operation = this.next[process];
    if (!operation || operation.kind === 'stop') return null;
    if (operation.kind === 'reacquire' && (this.wakers[process] as number) < 0) return null;
    return operation;
  }

  isEnabled(process: number): boolean {
    const operation = this.pending(process);
    return operation !== null && (!operation.blocks || this.cells[operation.object] === 0);
  }

  state(process: number): unknown {
    return this.cells[(this.next[process] as ToyOperation).object];
  }

  causes(process: number): readonly number[] {
    const cause = this.wakers[process] as number;
    return cause < 0 ? NONE : [cause];
  }

  step(process: number): void {
    const operation = this.next[process] as ToyOperation;
    const answer = this.perform(process, operation);
    this.steps++;
    this.resume(process, answer);
  }

  protected resume(process: number, answer: number): void {
    this.wakers[process] = -1;
    try {
      this.next[process] = (this.threads[process] as ToyThread).next(answer).value as ToyOperation | null;
    } catch {
      this.next[process] = null;
      this.failure ??= { kind: 'assertion', message: 'assertion failed', step: this.steps - 1 };
    }
  }

  protected perform(process: number, operation: ToyOperation): number {
    const { cells } = this;
    const old = cells[operation.object] as number;
    this.before = old;
    this.beforeAlso = cells[operation.also];
    this.wrote = operation.access !== Access.Read;
    switch (operation.kind) {
      case 'store':
        cells[operation.object] = operation.value;
        return 0;
      case 'update':
        cells[operation.object] = old + operation.value;
        return old;
      case 'cas':
        this.wrote = old === operation.value;
        if (this.wrote) cells[operation.object] = operation.desired;
        return this.wrote ? 1 : 0;
      case 'tryLock':
        this.wrote = old === 0;
        if (this.wrote) cells[operation.object] = 1;
        return this.wrote ? 1 : 0;
      case 'lock':
      case 'reacquire':
        cells[operation.object] = 1;
        return 0;
      case 'unlock':
        cells[operation.object] = 0;
        return 0;
      case 'wait':
        cells[operation.also] = 0;
        this.queue(operation.object).push(process);
        return 0;
      case 'signal': {
        const woken = this.queue(operation.object).shift();
        if (woken !== undefined) this.wakers[woken] = this.steps;
        return 0;
      }
      default:
        return old;
    }
  }

  private queue(condition: number): number[] {
    const known = this.waiting[condition];
    if (known) return known;
    const queue: number[] = [];
    this.waiting[condition] = queue;
    return queue;
  }
}
