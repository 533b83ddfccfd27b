import type { KernelObject } from '../../kernel/operation.ts';
import type { Mutex } from '../../kernel/sync/mutex.ts';
import type { Thread } from '../../kernel/thread.ts';
import { INITIAL, type Labels } from './labels.ts';
import { keyOf } from './object-key.ts';
import type { ThreadNode } from './thread-node.ts';

const INITIAL_OBJECTS = 64;
/** Owner of a mutex that is free. */
const NOBODY = -1;

/** In which numbered state each object is in the real execution under way, and which state has which number. */
export class ObjectStates {
  private readonly labels: Labels;
  private readonly processOf: (thread: Thread) => number;
  private states = new Int32Array(INITIAL_OBJECTS);
  private readonly numbers = new Map<string, number>();
  private count = 0;
  /** By thread: the state of a mutex that it has; and the other way round. */
  private readonly held: number[] = [];
  private readonly holders = new Map<number, number>();

  constructor(labels: Labels, processOf: (thread: Thread) => number) {
    this.labels = labels;
    this.processOf = processOf;
  }

  /** All objects are as they were made. */
  clear(): void {
    this.states.fill(INITIAL);
  }

  /** The objects are in these states. */
  takeOver(states: Int32Array<ArrayBuffer>): void {
    this.states = states;
  }

  of(object: number): number {
    return object < this.states.length ? (this.states[object] as number) : INITIAL;
  }

  set(object: number, state: number): void {
    if (object >= this.states.length) {
      const states = new Int32Array(Math.max(object + 1, 2 * this.states.length));
      states.set(this.states);
      this.states = states;
    }
    this.states[object] = state;
  }

  /** The number of the state that an object has come to from `old`, by the operation of a process at a node, its second object (or first one) being in `other`; null where that state cannot be named. */
  after(
    object: KernelObject,
    old: number,
    { id }: ThreadNode,
    other: number,
    process: number,
  ): number | null {
    if (object.kind === 'mutex' && !(object as Mutex).isDestroyed) return this.ofMutex(object as Mutex);
    const key = keyOf(object, `${object.kind} ${old} ${id} ${other}`, this.labels, (thread) =>
      thread === undefined ? process : this.processOf(thread),
    );
    if (key === null || key === '') return key === null ? null : INITIAL;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, ++this.count);
    return this.count;
  }

  /** Every mutex begins free; else its state is who has it. */
  private ofMutex({ owner }: Mutex): number {
    if (owner === null) return INITIAL;
    const process = this.processOf(owner);
    const known = this.held[process];
    if (known !== undefined) return known;
    const state = ++this.count;
    this.held[process] = state;
    this.holders.set(state, process);
    return state;
  }

  /**
   * Could the operation at a node be done, were its object in this state? What need not be seen to be known: a mutex can be taken where nobody has it (and by its owner, who gets an error). Undefined
   * where only an execution can tell.
   */
  foresee(process: number, { operation, enabledIn }: ThreadNode, state: number): boolean | undefined {
    const kind = operation?.kind;
    if (kind !== 'lock' && kind !== 'reacquire') return undefined;
    const owner = state === INITIAL ? NOBODY : this.holders.get(state);
    if (owner === undefined) return undefined;
    const isEnabled = owner === NOBODY || (kind === 'lock' && owner === process);
    enabledIn.add(state, isEnabled);
    return isEnabled;
  }
}
