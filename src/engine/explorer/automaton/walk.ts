import { NONE } from '../model.ts';
import type { ProgramOperation } from '../program-operation.ts';
import type { Failure } from '../subject.ts';
import { INITIAL } from './labels.ts';
import { Outputs } from './outputs.ts';
import type { ThreadNode, Transition } from './thread-node.ts';
import { UndoLog } from './undo-log.ts';

const INITIAL_OBJECTS = 64;
/** What a signal answers a waiter. */
export const SIGNALLED = -2;
/** What is changed less often than once a step. */
const NODE = 0;
const OBJECT = 1;
const CAUSES = 2;
const LAST = 3;

/**
 * An execution that runs no code: each thread stands at a node of its tree, each object is in a numbered state. A step notes what it changes,
 * so going back to a branching point costs no more than the steps taken back.
 */
export class Walk {
  /** Processes so far. */
  size = 0;
  depth = 0;
  wrote = false;
  before: unknown = undefined;
  beforeAlso: unknown = undefined;
  failure: Failure | null = null;
  /** Where each thread stands. */
  readonly nodes: (ThreadNode | null)[] = [];
  private readonly outputs = new Outputs();
  /** What has been printed, by number. */
  private printed = 0;
  private printedAtFailure = 0;
  private objects = new Int32Array(INITIAL_OBJECTS);
  private readonly causes: (readonly number[])[] = [];
  private readonly last: number[] = [];
  private readonly undo = new UndoLog();
  /** By step: whose it was, and what all steps change: where that process stood, its causes, its last step before. */
  private readonly moved: number[] = [];
  private readonly nodeBefore: ThreadNode[] = [];
  private readonly causesBefore: (readonly number[])[] = [];
  private readonly lastBefore: number[] = [];
  private readonly marks: number[] = [];
  private readonly printedBefore: number[] = [];
  private readonly sizeBefore: number[] = [];
  private readonly fresh: number[] = [];
  /** A thread has come to its end in this step, or there are second halves: somebody who waits may go on. */
  private mayRelease = false;
  private hasLeaves = false;
  /** A node, an edge or a transition that has not been seen yet was met. */
  private isLost = false;

  /** Begin with the first thread at `root`. False where something there is not known yet. */
  begin(root: ThreadNode): boolean {
    this.undo.clear();
    this.printed = 0;
    this.nodes.length = this.causes.length = this.last.length = this.fresh.length = 0;
    this.objects.fill(INITIAL);
    this.failure = null;
    this.depth = -1;
    this.size = 0;
    this.isLost = false;
    this.mayRelease = true;
    this.enter(0, root);
    this.settle();
    this.undo.clear();
    this.depth = 0;
    return !this.isLost;
  }

  stateOf(object: number): number {
    return object < this.objects.length ? (this.objects[object] as number) : INITIAL;
  }

  /** The states of all objects. */
  copyStates(): Int32Array<ArrayBuffer> {
    return this.objects.slice();
  }

  pending(process: number): ProgramOperation | null {
    const node = this.nodes[process];
    return node?.kind === 'step' ? node.operation : null;
  }

  /** Undefined where that is not known yet. */
  isEnabled(process: number): boolean | undefined {
    const node = this.nodes[process];
    if (node?.kind !== 'step') return false;
    return node.blocks ? node.enabledIn.get(this.stateOf(node.object)) : true;
  }

  /** The processes that can go on; -1 where that is not known of all. */
  enabledInto(target: Int32Array): number {
    const { nodes, size } = this;
    let count = 0;
    for (let process = 0; process < size; process++) {
      const node = nodes[process];
      if (node?.kind !== 'step') continue;
      if (node.blocks) {
        const isEnabled = node.enabledIn.get(this.stateOf(node.object));
        if (isEnabled === undefined) return -1;
        if (!isEnabled) continue;
      }
      target[count++] = process;
    }
    return count;
  }

  causesOf(process: number): readonly number[] {
    return this.causes[process] ?? NONE;
  }

  get finished(): boolean {
    for (let process = 0; process < this.size; process++) {
      const kind = this.nodes[process]?.kind ?? 'over';
      if (kind !== 'over' && kind !== 'failed') return false;
    }
    return true;
  }

  /** Number of what was printed, before the failure where there was one: the same number, the same lines. */
  get output(): number {
    return this.failure === null ? this.printed : this.printedAtFailure;
  }

  get stdout(): readonly string[] {
    return this.outputs.linesOf(this.output);
  }

  /** Take the step of a process. False, and nothing has changed, where what comes of it is not known yet. */
  step(process: number): boolean {
    const { depth } = this;
    const node = this.nodes[process] as ThreadNode;
    this.marks[depth] = this.undo.length;
    this.printedBefore[depth] = this.printed;
    this.sizeBefore[depth] = this.size;
    this.moved[depth] = process;
    this.nodeBefore[depth] = node;
    this.causesBefore[depth] = this.causes[process] as readonly number[];
    this.lastBefore[depth] = this.last[process] as number;
    this.causes[process] = NONE;
    this.last[process] = depth;
    this.isLost = false;
    this.mayRelease = this.hasLeaves;
    const next = node.isPlain ? this.access(node) : this.operate(node);
    if (next === undefined) this.isLost = true;
    else {
      this.nodes[process] = next;
      if (!next.isStop) this.runOn(process);
      if (this.mayRelease || this.fresh.length > 0) this.settle();
    }
    this.depth = depth + 1;
    if (!this.isLost) return true;
    this.goBack(depth);
    return false;
  }

  /** Take back all steps from the one with this number on. */
  goBack(depth: number): void {
    if (depth >= this.depth) return;
    while (this.depth > depth) this.takeBack(--this.depth);
    this.printed = this.printedBefore[depth] as number;
    this.size = this.sizeBefore[depth] as number;
    if (this.failure !== null && this.failure.step >= depth) this.failure = null;
    this.fresh.length = 0;
  }

  private takeBack(step: number): void {
    const { undo } = this;
    const mark = this.marks[step] as number;
    while (undo.length > mark) {
      const at = --undo.length;
      const index = undo.index[at] as number;
      const kind = undo.kind[at] as number;
      if (kind === OBJECT) this.objects[index] = undo.number[at] as number;
      else if (kind === NODE) this.nodes[index] = undo.value[at] as ThreadNode | null;
      else if (kind === CAUSES) this.causes[index] = undo.value[at] as readonly number[];
      else this.last[index] = undo.number[at] as number;
    }
    const process = this.moved[step] as number;
    this.nodes[process] = this.nodeBefore[step] as ThreadNode;
    this.causes[process] = this.causesBefore[step] as readonly number[];
    this.last[process] = this.lastBefore[step] as number;
  }

  /** A load or a store of a variable. */
  private access(node: ThreadNode): ThreadNode | undefined {
    const { object, isStore } = node;
    this.wrote = isStore;
    this.before = this.beforeAlso = undefined;
    if (!isStore) return node.next(this.stateOf(object));
    if (node.stored < 0) return undefined;
    this.setObject(object, node.stored);
    return node.next(INITIAL);
  }

  /** An operation of the kernel. */
  private operate(node: ThreadNode): ThreadNode | undefined {
    const { object, also } = node;
    const transition = node.transition(this.stateOf(object), also < 0 ? INITIAL : this.stateOf(also));
    if (transition === undefined) return undefined;
    this.setObject(object, transition.to);
    if (also >= 0) this.setObject(also, transition.toAlso);
    this.wrote = transition.wrote;
    this.before = transition.before;
    this.beforeAlso = transition.beforeAlso;
    if (node.text !== null) this.printed = this.outputs.after(this.printed, node.text);
    if (transition.signalled !== null && transition.signalled.length > 0) this.signal(transition);
    return node.next(transition.label);
  }

  private signal({ signalled }: Transition): void {
    for (const waiter of signalled ?? NONE) {
      if (this.causesOf(waiter).length === 0) this.setCauses(waiter, [this.depth]);
      this.goTo(waiter, this.nodes[waiter]?.next(SIGNALLED));
    }
  }

  private goTo(process: number, node: ThreadNode | undefined): void {
    if (node === undefined) this.isLost = true;
    else this.setNode(process, node);
  }

  /** New threads run up to their first step, and those that wait go on where they can. */
  private settle(): void {
    while (!this.isLost) {
      if (this.fresh.length > 0) this.runOn(this.fresh.shift() as number);
      else if (!this.mayRelease || !this.releaseOne()) return;
    }
  }

  private releaseOne(): boolean {
    const { nodes, size } = this;
    for (let process = 0; process < size; process++) {
      const node = nodes[process];
      if (!node?.waits) continue;
      if (node.kind === 'join' && nodes[node.object]?.kind !== 'over') continue;
      if (this.runOn(process)) return true;
    }
    return false;
  }

  /** Everything a thread does up to its next step. True where that is something. */
  private runOn(process: number): boolean {
    let isMoved = false;
    while (!this.isLost && this.pass(process, this.nodes[process] as ThreadNode)) isMoved = true;
    return isMoved;
  }

  /** Goes past a node that is no step. False where the thread stays. */
  private pass(process: number, node: ThreadNode): boolean {
    switch (node.kind) {
      case 'spawn':
        if (node.child === null) this.isLost = true;
        else this.enter(node.object, node.child);
        this.goTo(process, node.next(INITIAL));
        return true;
      case 'peek':
        this.goTo(process, node.next(this.stateOf(node.object)));
        return true;
      case 'poke':
        if (node.stored < 0) this.isLost = true;
        else this.setObject(node.object, node.stored);
        this.goTo(process, node.next(INITIAL));
        return true;
      case 'join':
        return this.join(process, node);
      case 'leave':
        return this.leave(process, node);
      case 'over':
        this.mayRelease = true;
        return false;
      case 'failed':
        this.fail(node);
        return false;
      default:
        return false;
    }
  }

  private enter(process: number, node: ThreadNode): void {
    this.setCauses(process, this.depth < 0 ? NONE : [this.depth]);
    this.setLast(process, -1);
    this.setNode(process, node);
    this.size = Math.max(this.size, process + 1);
    this.fresh.push(process);
  }

  private join(process: number, node: ThreadNode): boolean {
    const joined = this.nodes[node.object];
    if (joined?.kind !== 'over' || joined.stored < 0) return false;
    this.addCause(process, this.last[node.object] as number);
    this.goTo(process, node.next(joined.stored));
    return true;
  }

  private leave(process: number, node: ThreadNode): boolean {
    this.hasLeaves = true;
    const isEnabled = node.enabledIn.get(this.stateOf(node.object));
    if (isEnabled === undefined) this.isLost = true;
    if (isEnabled !== true) return false;
    this.addCause(process, this.depth);
    this.goTo(process, node.next(INITIAL));
    return true;
  }

  private fail({ failure }: ThreadNode): void {
    if (this.failure !== null || failure === null) return;
    this.failure = { ...failure, step: this.depth };
    this.printedAtFailure = this.printed;
  }

  private addCause(process: number, cause: number): void {
    const causes = this.causesOf(process);
    if (cause >= 0 && !causes.includes(cause)) this.setCauses(process, [...causes, cause]);
  }

  private setNode(process: number, node: ThreadNode): void {
    this.undo.push(NODE, process, 0, this.nodes[process] ?? null);
    this.nodes[process] = node;
  }

  private setObject(object: number, state: number): void {
    if (object >= this.objects.length) {
      const objects = new Int32Array(Math.max(object + 1, this.objects.length * 2));
      objects.set(this.objects);
      this.objects = objects;
    }
    const old = this.objects[object] as number;
    if (old === state) return;
    this.undo.push(OBJECT, object, old, null);
    this.objects[object] = state;
  }

  private setCauses(process: number, causes: readonly number[]): void {
    const old = this.causes[process] ?? NONE;
    if (old === causes) return;
    this.undo.push(CAUSES, process, 0, old);
    this.causes[process] = causes;
  }

  private setLast(process: number, step: number): void {
    this.undo.push(LAST, process, this.last[process] ?? -1, null);
    this.last[process] = step;
  }
}
