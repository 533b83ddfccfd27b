import type { ProgramOperation } from '../program-operation.ts';
import type { FailureKind } from '../subject.ts';

/** What a thread comes to next. */
export type NodeKind =
  /** An operation the search decides about. */
  | 'step'
  /** A wait for a condition that nobody has signalled yet. */
  | 'parked'
  /** It makes a thread. */
  | 'spawn'
  /** It waits for the end of a thread. */
  | 'join'
  /** The second half of an operation, done as soon as it can be: it leaves a barrier. */
  | 'leave'
  /** A load or store of a variable that others have used, while no other thread exists. */
  | 'peek'
  | 'poke'
  /** It has returned, or an error nobody caught has ended it. */
  | 'over'
  | 'failed';

/** What an operation of the kernel does to its objects in certain states of theirs. */
export interface Transition {
  /** State of the object afterwards, and of the second one. */
  readonly to: number;
  readonly toAlso: number;
  /** What the operation answers. */
  readonly label: number;
  wrote: boolean;
  before: unknown;
  beforeAlso: unknown;
  /** Processes that a signal lets go on; null until the step is done. */
  signalled: readonly number[] | null;
}

/** States an object can be in, as far as the keys of transitions go. */
const MOST_STATES = 2 ** 25;
/** No label and no key. */
const NONE_YET = -(2 ** 30);

/** Small where the second object is in its first state, as it mostly is. */
function keyOf(state: number, alsoState: number): number {
  return alsoState === 0 ? state : -(state * MOST_STATES + alsoState);
}

/**
 * A point in the life of a thread: what it does next is a function of what its operations have answered so far. So the lives of a thread are a tree, whose
 * nodes are what it comes to and whose edges are the answers.
 */
export class ThreadNode {
  readonly id: number;
  readonly kind: NodeKind;
  /** The object it is about; of `spawn` and `join` the thread. */
  readonly object: number;
  /** The second object, or -1. */
  readonly also: number;
  /** Of `step` and `parked`. */
  readonly operation: ProgramOperation | null;
  /** The line that it prints. */
  readonly text: string | null;
  /** Of `failed`. */
  failure: { readonly kind: FailureKind; readonly message: string } | null = null;
  /** Of `spawn`: where the new thread begins. */
  child: ThreadNode | null = null;
  /** Of a store: the label of the value; of an end: of what the thread leaves behind; -1 while unknown. */
  stored = -1;
  // Most nodes have one successor and one transition: a table is made for the second.
  private nexts: Map<number, ThreadNode> | null = null;
  private lastLabel = NONE_YET;
  private lastNext: ThreadNode | undefined = undefined;
  private transitions: Map<number, Transition> | null = null;
  private lastKey = NONE_YET;
  private lastTransition: Transition | undefined = undefined;
  /** By state of the object: can the operation be done? */
  readonly enabledIn: (boolean | undefined)[] = [];

  constructor(
    id: number,
    kind: NodeKind,
    object: number,
    also: number,
    operation: ProgramOperation | null,
    text: string | null,
  ) {
    this.id = id;
    this.kind = kind;
    this.object = object;
    this.also = also;
    this.operation = operation;
    this.text = text;
  }

  /** Where the thread comes to when its operation answers what the label stands for; undefined where that has not been seen. */
  next(label: number): ThreadNode | undefined {
    if (label === this.lastLabel) return this.lastNext;
    const next = this.nexts?.get(label);
    if (next === undefined) return undefined;
    this.lastLabel = label;
    this.lastNext = next;
    return next;
  }

  setNext(label: number, node: ThreadNode): void {
    if (this.lastNext !== undefined && this.nexts === null)
      this.nexts = new Map([[this.lastLabel, this.lastNext]]);
    this.nexts?.set(label, node);
    this.lastLabel = label;
    this.lastNext = node;
  }

  /** What the operation does where its object and its second one are in these states. */
  transition(state: number, alsoState: number): Transition | undefined {
    const key = keyOf(state, alsoState);
    if (key === this.lastKey) return this.lastTransition;
    const transition = this.transitions?.get(key);
    if (transition === undefined) return undefined;
    this.lastKey = key;
    this.lastTransition = transition;
    return transition;
  }

  setTransition(state: number, alsoState: number, transition: Transition): void {
    if (this.lastTransition !== undefined && this.transitions === null)
      this.transitions = new Map([[this.lastKey, this.lastTransition]]);
    const key = keyOf(state, alsoState);
    this.transitions?.set(key, transition);
    this.lastKey = key;
    this.lastTransition = transition;
  }

  /** Is the node what a thread has come to once more? */
  isLike(
    kind: NodeKind,
    object: number,
    also: number,
    operation: ProgramOperation | null,
    text: string | null,
  ) {
    if (this.kind !== kind || this.object !== object || this.also !== also || this.text !== text)
      return false;
    const own = this.operation;
    if (own === null || operation === null) return own === operation;
    return own.kind === operation.kind && own.site === operation.site && own.access === operation.access;
  }
}

/** What the threads of a program do, as far as executions have shown. */
export class Automaton {
  /** Where the first thread begins. */
  root: ThreadNode | null = null;
  /** Nodes made so far. */
  size = 0;

  make(
    kind: NodeKind,
    object: number,
    also: number,
    operation: ProgramOperation | null,
    text: string | null,
  ): ThreadNode {
    return new ThreadNode(++this.size, kind, object, also, operation, text);
  }
}
