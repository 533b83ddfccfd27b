import { Few } from '../few.ts';
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

/** Small where the second object is in its first state, as it mostly is. */
function keyOf(state: number, alsoState: number): number {
  return alsoState === 0 ? state : -(state * MOST_STATES + alsoState);
}

/**
 * A point in the life of a thread: what it does next is a function of what its operations have answered so far. So the lives of a thread are a tree, whose
 * nodes are what it comes to and whose edges are the answers. Branches meet again where what was answered no longer makes a difference (`oblivious.ts`).
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
  /** By state of the object: can the operation be done? */
  readonly enabledIn = new Few<boolean>();
  /** It is a store to a variable; a load or a store of one; it waits until it can be done. */
  readonly isStore: boolean;
  readonly isPlain: boolean;
  readonly blocks: boolean;
  /** A thread that has come here stays until it is its turn, or until another thread's step lets it go on. */
  readonly isStop: boolean;
  /** It stays until another thread ends, or until its object lets it go on. */
  readonly waits: boolean;
  /** Where lives of the thread meet, and how many of these are behind (see `Meetings`); null where the thread may remember what no node tells. */
  meetings: Map<number, ThreadNode> | null = null;
  met = 0;
  private readonly nexts = new Few<ThreadNode>();
  private readonly transitions = new Few<Transition>();

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
    this.isPlain = operation?.plain === true;
    this.isStore = this.isPlain && operation?.kind === 'store';
    this.blocks = operation?.blocks === true;
    this.isStop = kind === 'step' || kind === 'parked';
    this.waits = kind === 'join' || kind === 'leave';
  }

  /** Where the thread comes to when its operation answers what the label stands for; undefined where that has not been seen. */
  next(label: number): ThreadNode | undefined {
    return this.nexts.get(label);
  }

  setNext(label: number, node: ThreadNode): void {
    this.nexts.add(label, node);
  }

  /** What the operation does where its object and its second one are in these states. */
  transition(state: number, alsoState: number): Transition | undefined {
    return this.transitions.get(keyOf(state, alsoState));
  }

  setTransition(state: number, alsoState: number, transition: Transition): void {
    this.transitions.add(keyOf(state, alsoState), transition);
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
