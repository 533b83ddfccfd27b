import type { KernelObject, Operation as KernelOperation } from '../../kernel/operation.ts';
import type { Thread } from '../../kernel/thread.ts';
import type { Actor } from '../actor.ts';
import type { ProgramExecution } from '../program-execution.ts';
import type { ProgramOperation } from '../program-operation.ts';
import { INITIAL, Labels } from './labels.ts';
import { BEGINNING, type Cursor, cursorAt, Meetings } from './meetings.ts';
import { ObjectStates } from './object-states.ts';
import type { ObservedStepper } from './observed-stepper.ts';
import { Automaton, type NodeKind, type ThreadNode, type Transition } from './thread-node.ts';
import { SIGNALLED, type Walk } from './walk.ts';

/** Keys of what a thread leaves behind, besides variables and (below zero) threads it has joined. */
const RETURNED = Number.MAX_SAFE_INTEGER;
const UNKNOWN = RETURNED - 1;
/** Suspended frames where a thread is in the function it began with: that one, and what entered it. */
const OUTERMOST = 2;
/** The answer of an operation whose second half comes later. */
const SECOND_HALF = 'a second half';

/**
 * Watches a real execution and writes down what its threads do. Whatever it cannot account for ends up in `problem`: then nothing it has written may be used.
 */
export class Learner {
  readonly automaton = new Automaton();
  /** Why the program cannot be learnt; null where it can. */
  problem: string | null = null;
  /** What counts as left behind has grown: what has been learnt has to be learnt again. */
  isObsolete = false;
  /** Prototypes of the objects that the library gives to programs. */
  readonly libraryTypes = new Set<unknown>();
  private readonly labels = new Labels();
  private readonly second = this.labels.of(SECOND_HALF);
  readonly states = new ObjectStates(this.labels, (thread) => this.processOf(thread));
  /** Labels of objects stored at a node. */
  private readonly references = new Map<ThreadNode, number>();
  private cursors: (Cursor | undefined)[] = [];
  /** By thread: what it has done to variables of its own, and which threads it has joined. */
  private legacies: (Map<number, number> | undefined)[] = [];
  private actors: readonly (Actor | undefined)[] = [];
  /** What runs is known: only what threads leave behind is noted, see `resume`. */
  private isRepeating = false;
  /** Who has joined whom meanwhile. */
  private readonly joins: number[] = [];
  /** Variables of other threads' own that a thread has come to look at when it was alone. Only they make a difference between ends of threads. */
  private readonly inherited: Set<number>;
  /** Who has stored last to a variable of its own, in the execution under way. */
  private readonly owners = new Map<number, number>();
  private readonly under = { transition: null as Transition | null };

  private readonly meetings: Meetings;

  constructor(inherited = new Set<number>(), oblivious: ReadonlySet<number> = new Set()) {
    this.inherited = inherited;
    this.meetings = new Meetings(oblivious);
  }

  /** A real execution begins. */
  begin(): void {
    this.owners.clear();
    this.cursors = [cursorAt(null, null, INITIAL)];
    this.states.clear();
    this.legacies = [];
    this.isRepeating = false;
  }

  /** A real execution begins that does what is known, up to where `resume` is called. */
  beginKnown(): void {
    this.begin();
    this.isRepeating = true;
    this.joins.length = 0;
  }

  /** The real execution has come to where the walk is: go on from there. */
  resume(walk: Walk, real: ProgramExecution): void {
    this.isRepeating = false;
    this.actors = real.stepper.actors;
    for (let process = 0; process < walk.size; process++)
      this.cursors[process] = cursorAt(walk.nodes[process] ?? null, null, INITIAL);
    this.states.takeOver(walk.copyStates());
    const { joins } = this;
    for (let i = 0; i < joins.length; i += 2) {
      const target = joins[i + 1] as number;
      this.legacyOf(joins[i] as number).set(-1 - target, this.at(target)?.stored ?? -1);
    }
  }

  /** Remember the first thing that cannot be accounted for. */
  giveUp(problem: string): void {
    this.problem ??= problem;
  }

  /** A thread has come to something. */
  come(
    process: number,
    kind: NodeKind,
    object = -1,
    also = -1,
    operation: ProgramOperation | null = null,
    text: string | null = null,
    isOutermost = false,
  ): ThreadNode | null {
    if (this.isRepeating) return null;
    const cursor = this.cursors[process];
    if (!cursor || cursor.node !== null) {
      this.giveUp(`thread ${process} came to ${kind} unexpectedly`);
      return null;
    }
    const next = this.known(cursor);
    const site = isOutermost ? this.meetings.siteOf(operation) : -1;
    const known = next ?? this.meetings.find(cursor, site);
    if (known && !known.isLike(kind, object, also, operation, text))
      this.giveUp(`thread ${process} came to ${kind} where it came to ${known.kind} before`);
    const node = known ?? this.automaton.make(kind, object, also, operation, text);
    if (!known) this.meetings.enrol(cursor, node, site);
    if (!next) this.attach(cursor, node);
    cursor.node = node;
    cursor.isMarked = false;
    return node;
  }

  private known({ from, label }: Cursor): ThreadNode | undefined {
    if (from === null) return this.automaton.root ?? undefined;
    return (label < 0 && label !== SIGNALLED ? from.child : from.next(label)) ?? undefined;
  }

  private attach({ from, label }: Cursor, node: ThreadNode): void {
    if (from === null) this.automaton.root = node;
    else if (label < 0 && label !== SIGNALLED) from.child = node;
    else from.setNext(label, node);
  }

  /** It goes on with an answer. */
  go(process: number, label: number): void {
    const cursor = this.cursors[process] as Cursor;
    cursor.from = cursor.node;
    cursor.label = label;
    cursor.node = null;
  }

  at(process: number): ThreadNode | null {
    return this.cursors[process]?.node ?? null;
  }

  spawned(creator: number, child: number): void {
    if (this.isRepeating) return;
    const node = this.come(creator, 'spawn', child);
    this.cursors[child] = cursorAt(null, node, BEGINNING);
    this.go(creator, INITIAL);
  }

  /** The thread has loaded a variable: at a step, or by the way. */
  loaded(process: number, object: number, value: unknown): void {
    if (this.isRepeating) return;
    const label = this.state(object);
    const actual = this.labels.of(value);
    if (label !== INITIAL && actual >= 0 && actual !== label)
      this.giveUp('a variable holds what nobody stored there');
    this.go(process, label);
  }

  stored(process: number, object: number, value: unknown): void {
    if (this.isRepeating) return;
    const node = this.at(process);
    if (node === null) {
      this.giveUp('a store out of nowhere');
      return;
    }
    const own = this.labels.of(value);
    const label = own < 0 ? this.referenceAt(node) : own;
    if (node.stored >= 0 && node.stored !== label) this.giveUp('a thread stores something else than before');
    node.stored = label;
    this.states.set(object, label);
    this.go(process, INITIAL);
  }

  /** Objects are named by where in its life a thread stored them. */
  private referenceAt(node: ThreadNode): number {
    const known = this.references.get(node);
    if (known !== undefined) return known;
    const label = this.labels.fresh();
    this.references.set(node, label);
    return label;
  }

  /** The kernel has done the operation a thread stands at; `answer` is what it said, or the error it threw. */
  executed(process: number, operation: KernelOperation, answer: unknown, isSecondHalf: boolean): void {
    if (this.isRepeating) return;
    const node = this.at(process);
    if (node?.kind !== 'step') {
      this.giveUp(`${operation.kind} within another step`);
      return;
    }
    const label = isSecondHalf ? this.second : this.labels.of(answer);
    if (label < 0) {
      this.giveUp(`${operation.kind} answers an object`);
      return;
    }
    const { object, also } = node;
    const [state, alsoState] = [this.state(object), also < 0 ? INITIAL : this.state(also)];
    this.states.set(object, this.newState(operation.object, state, node, alsoState, process));
    if (also >= 0)
      this.states.set(also, this.newState(operation.also as KernelObject, alsoState, node, state, process));
    this.under.transition = node.transition(state, alsoState) ?? null;
    if (this.under.transition === null) {
      const transition: Transition = {
        to: this.state(object),
        toAlso: also < 0 ? INITIAL : this.state(also),
        label,
        wrote: false,
        before: undefined,
        beforeAlso: undefined,
        signalled: null,
      };
      node.setTransition(state, alsoState, transition);
      this.under.transition = transition;
    } else if (this.isOther(this.under.transition, label, object, also))
      this.giveUp(`${operation.kind} answers something else than before`);
    this.go(process, label);
  }

  private isOther({ label, to, toAlso }: Transition, answer: number, object: number, also: number): boolean {
    return label !== answer || to !== this.state(object) || (also >= 0 && toAlso !== this.state(also));
  }

  private state(object: number): number {
    return this.states.of(object);
  }

  private newState(
    object: KernelObject,
    old: number,
    node: ThreadNode,
    other: number,
    process: number,
  ): number {
    const state = this.states.after(object, old, node, other, process);
    if (state === null) this.giveUp(`${object.kind} holds an object`);
    return state ?? INITIAL;
  }

  private processOf(thread: Thread): number {
    for (const actor of this.actors) if (actor?.thread === thread) return actor.process;
    return -1;
  }

  /** A thread passes the end of the thread it waited for. */
  joined(process: number, target: number): void {
    this.mark(process);
    if (this.isRepeating) {
      this.joins.push(process, target);
      return;
    }
    if (this.at(process) === null) this.come(process, 'join', target);
    const end = this.at(target);
    if (end?.kind !== 'over') this.giveUp('a thread was joined that is not over');
    else {
      this.legacyOf(process).set(-1 - target, end.stored);
      this.go(process, end.stored);
    }
  }

  /** The thread has stored to a variable of its own. Whoever joins it can see that. */
  storedOwn(process: number, object: number, value: unknown): void {
    this.mark(process);
    if (this.inherited.has(object)) this.legacyOf(process).set(object, this.labels.of(value));
    else this.owners.set(object, process);
  }

  /** A thread that is alone looks at a variable. */
  lookedAt(process: number, object: number): void {
    if ((this.owners.get(object) ?? process) === process || this.inherited.has(object)) return;
    this.inherited.add(object);
    this.isObsolete = true;
  }

  /** The thread has called something that may have changed an object. */
  changedObjects(process: number): void {
    this.mark(process);
    this.legacyOf(process).set(UNKNOWN, -1);
  }

  private mark(process: number): void {
    const cursor = this.cursors[process];
    if (cursor) cursor.isMarked = true;
  }

  private legacyOf(process: number): Map<number, number> {
    const known = this.legacies[process];
    if (known) return known;
    const legacy = new Map<number, number>();
    this.legacies[process] = legacy;
    return legacy;
  }

  /** The thread returns. */
  ended(process: number, value: unknown): void {
    if (this.isRepeating) return;
    const node = this.come(process, 'over');
    if (node === null) return;
    const legacy = this.legacyOf(process);
    legacy.set(RETURNED, this.labels.of(value));
    const entries = [...legacy].sort(([a], [b]) => a - b);
    const isPlain = entries.every(([, label]) => label >= 0);
    const label = this.labels.of(isPlain ? `leaves ${entries.join(' ')}` : `leaves something at ${node.id}`);
    if (node.stored >= 0 && node.stored !== label) this.giveUp('a thread leaves something else than before');
    node.stored = label;
  }

  /** A thread leaves a barrier. */
  left(process: number, object: number): void {
    if (this.isRepeating) return;
    const node = this.at(process) ?? this.come(process, 'leave', object);
    if (node) this.noteEnabled(node, this.state(object), true, 'leave');
    this.go(process, INITIAL);
  }

  /** In this state of its object the operation can, or cannot, be done. */
  private noteEnabled(node: ThreadNode, state: number, isEnabled: boolean, kind: string): void {
    const known = node.enabledIn.get(state);
    if (known === undefined) node.enabledIn.add(state, isEnabled);
    else if (known !== isEnabled) this.giveUp(`whether ${kind} is possible depends on something else`);
  }

  /** The step is done: note what came of it. */
  finish(real: ProgramExecution, isStep: boolean): void {
    if (this.isRepeating) return;
    const { actors } = real.stepper;
    this.actors = actors;
    const signalled: number[] = [];
    for (const actor of actors) if (actor) this.look(actor, real, signalled);
    const { transition } = this.under;
    this.under.transition = null;
    if (transition !== null) {
      if (transition.signalled !== null && String(transition.signalled) !== String(signalled))
        this.giveUp('a signal reaches others than before');
      transition.wrote = real.wrote;
      transition.before = real.before;
      transition.beforeAlso = real.beforeAlso;
      transition.signalled = signalled;
    } else if (signalled.length > 0) this.giveUp('a signal out of nowhere');
    if (isStep && real.touched.length > 0) this.giveUp('a step touches several objects');
    if (real.halted || real.stepper.hasExited) this.giveUp('the process ends while threads run');
    for (let process = 0; process < real.size; process++)
      if (actors[process] === undefined && real.pending(process) !== null)
        this.giveUp('something acts for a thread');
  }

  private look(actor: Actor, real: ProgramExecution, signalled: number[]): void {
    const { process, kernelOperation, operation } = actor;
    const node = this.at(process);
    if (actor.isOver) {
      if (node?.kind !== 'over' && node?.kind !== 'failed') this.giveUp('a thread ended in another way');
      return;
    }
    if (operation === null) this.lookAtWait(process, kernelOperation, node, real);
    else this.lookAtStep(actor, operation, real, signalled);
  }

  private lookAtWait(
    process: number,
    operation: KernelOperation | null,
    known: ThreadNode | null,
    real: ProgramExecution,
  ): void {
    if (operation?.kind === 'join') {
      if (known === null) this.come(process, 'join', this.processOf(operation.object as unknown as Thread));
    } else if (operation?.kind === 'leave') {
      const object = numberIn(real, operation.object);
      const node = known ?? this.come(process, 'leave', object);
      if (node) this.noteEnabled(node, this.state(object), operation.enabled(), 'leave');
    } else this.giveUp(`a thread waits in ${operation?.kind ?? 'nothing'}`);
  }

  private lookAtStep(
    { process, kernelOperation, thread }: Actor,
    operation: ProgramOperation,
    real: ProgramExecution,
    signalled: number[],
  ): void {
    const isParked = kernelOperation?.kind === 'reacquire' && kernelOperation.outcome === 'none';
    if (!isParked && this.at(process)?.kind === 'parked') {
      signalled.push(process);
      this.go(process, SIGNALLED);
    }
    const known = this.at(process);
    if (known !== null && !operation.blocks) return;
    const isOutermost = thread.stack.depth === OUTERMOST;
    const also = kernelOperation?.also ? numberIn(real, kernelOperation.also) : -1;
    const text =
      kernelOperation?.kind === 'print' ? (kernelOperation.argument as readonly [unknown, string])[1] : null;
    const node =
      known ??
      this.come(process, isParked ? 'parked' : 'step', operation.object, also, operation, text, isOutermost);
    if (node === null || isParked || !operation.blocks) return;
    const state = this.state(operation.object);
    const isEnabled = real.isEnabled(process);
    this.noteEnabled(node, state, isEnabled, operation.kind);
  }
}

function numberIn({ stepper }: ProgramExecution, object: KernelObject): number {
  return (stepper as ObservedStepper).numberFor(object);
}
