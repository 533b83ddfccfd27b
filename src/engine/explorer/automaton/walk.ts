import { NONE } from '../model.ts';
import type { ProgramOperation } from '../program-operation.ts';
import type { Failure } from '../subject.ts';
import { INITIAL } from './labels.ts';
import type { ThreadNode } from './thread-node.ts';

const INITIAL_OBJECTS = 64;
/** What a signal answers a waiter. */
export const SIGNALLED = -2;

/** What an entry of the undo log is about. */
const NODE = 0;
const OBJECT = 1;
const CAUSES = 2;
const LAST = 3;
const KIND_BITS = 2;
const KIND_MASK = 3;

/**
 * An execution that runs no code: each thread stands at a node of its tree, each object is in a numbered state. A step changes a few of them and notes what they
 * were, so going back to a branching point costs no more than the steps taken back.
 */
export class Walk {
  /** Processes so far. */
  size = 0;
  depth = 0;
  wrote = false;
  before: unknown = undefined;
  beforeAlso: unknown = undefined;
  failure: Failure | null = null;
  /** Lines printed. */
  readonly lines: string[] = [];
  /** Where each thread stands. */
  readonly nodes: (ThreadNode | null)[] = [];
  private linesAtFailure = 0;
  private objects = new Int32Array(INITIAL_OBJECTS);
  private readonly causes: (readonly number[])[] = [];
  private readonly last: number[] = [];
  /** The undo log: what changed (index and kind), and what it was. */
  private readonly changed: number[] = [];
  private readonly old: unknown[] = [];
  private readonly marks: number[] = [];
  /** By step: whose it was, and its causes and last step before. */
  private readonly moved: number[] = [];
  private readonly causesBefore: (readonly number[])[] = [];
  private readonly lastBefore: number[] = [];
  private readonly linesBefore: number[] = [];
  private readonly sizeBefore: number[] = [];
  private readonly fresh: number[] = [];
  /** A thread has come to its end in this step, or there are second halves: somebody who waits may go on. */
  private mayRelease = false;
  private hasLeaves = false;
  /** A node, an edge or a transition that has not been seen yet was met. */
  private isLost = false;

  /** Begin with the first thread at `root`. False where something there is not known yet. */
  begin(root: ThreadNode): boolean {
    this.changed.length = this.old.length = this.lines.length = 0;
    this.nodes.length = this.causes.length = this.last.length = this.fresh.length = 0;
    this.objects.fill(INITIAL);
    this.failure = null;
    this.depth = -1;
    this.size = 0;
    this.isLost = false;
    this.mayRelease = true;
    this.enter(0, root);
    this.settle();
    this.changed.length = this.old.length = 0;
    this.depth = 0;
    return !this.isLost;
  }

  stateOf(object: number): number {
    return object < this.objects.length ? (this.objects[object] as number) : INITIAL;
  }

  pending(process: number): ProgramOperation | null {
    const node = this.nodes[process];
    return node?.kind === 'step' ? node.operation : null;
  }

  /** Undefined where that is not known yet. */
  isEnabled(process: number): boolean | undefined {
    const node = this.nodes[process];
    if (node?.kind !== 'step') return false;
    return node.operation?.blocks ? node.enabledIn[this.stateOf(node.object)] : true;
  }

  /** The processes that can go on; -1 where that is not known of all. */
  enabledInto(target: Int32Array): number {
    let count = 0;
    for (let process = 0; process < this.size; process++) {
      const isEnabled = this.isEnabled(process);
      if (isEnabled === undefined) return -1;
      if (isEnabled) target[count++] = process;
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

  /** Lines printed before the failure, where there was one. */
  get stdout(): readonly string[] {
    return this.failure !== null && this.linesAtFailure < this.lines.length
      ? this.lines.slice(0, this.linesAtFailure)
      : this.lines;
  }

  /** Take the step of a process. False, and nothing has changed, where what comes of it is not known yet. */
  step(process: number): boolean {
    const { depth } = this;
    this.marks[depth] = this.changed.length;
    this.linesBefore[depth] = this.lines.length;
    this.sizeBefore[depth] = this.size;
    this.isLost = false;
    this.mayRelease = this.hasLeaves;
    this.moved[depth] = process;
    this.causesBefore[depth] = this.causesOf(process);
    this.lastBefore[depth] = this.last[process] as number;
    this.causes[process] = NONE;
    this.last[process] = depth;
    const node = this.nodes[process] as ThreadNode;
    if (node.operation?.plain) this.access(process, node);
    else this.operate(process, node);
    if (!this.isLost) {
      this.runOn(process);
      this.settle();
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
    this.lines.length = this.linesBefore[depth] as number;
    this.size = this.sizeBefore[depth] as number;
    if (this.failure !== null && this.failure.step >= depth) this.failure = null;
    this.fresh.length = 0;
  }

  private takeBack(step: number): void {
    const { changed, old } = this;
    const mark = this.marks[step] as number;
    for (let i = changed.length - 1; i >= mark; i--) {
      const change = changed[i] as number;
      const index = change >> KIND_BITS;
      const kind = change & KIND_MASK;
      if (kind === NODE) this.nodes[index] = old[i] as ThreadNode | null;
      else if (kind === OBJECT) this.objects[index] = old[i] as number;
      else if (kind === CAUSES) this.causes[index] = old[i] as readonly number[];
      else this.last[index] = old[i] as number;
    }
    changed.length = old.length = mark;
    const process = this.moved[step] as number;
    this.causes[process] = this.causesBefore[step] as readonly number[];
    this.last[process] = this.lastBefore[step] as number;
  }

  /** A load or a store of a variable. */
  private access(process: number, node: ThreadNode): void {
    this.wrote = node.operation?.kind === 'store';
    this.before = this.beforeAlso = undefined;
    if (this.wrote) this.store(process, node);
    else this.goTo(process, node.next(this.stateOf(node.object)));
  }

  private store(process: number, node: ThreadNode): void {
    if (node.stored < 0) this.isLost = true;
    else {
      this.setObject(node.object, node.stored);
      this.goTo(process, node.next(INITIAL));
    }
  }

  /** An operation of the kernel. */
  private operate(process: number, node: ThreadNode): void {
    const { object, also } = node;
    const transition = node.transition(this.stateOf(object), also < 0 ? INITIAL : this.stateOf(also));
    if (transition === undefined) {
      this.isLost = true;
      return;
    }
    this.setObject(object, transition.to);
    if (also >= 0) this.setObject(also, transition.toAlso);
    this.wrote = transition.wrote;
    this.before = transition.before;
    this.beforeAlso = transition.beforeAlso;
    if (node.text !== null) this.lines.push(node.text);
    this.goTo(process, node.next(transition.label));
    for (const waiter of transition.signalled ?? NONE) {
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
    for (let process = 0; process < this.size; process++) {
      const kind = this.nodes[process]?.kind;
      if ((kind === 'join' || kind === 'leave') && this.runOn(process)) return true;
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
        this.store(process, node);
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
    const isEnabled = node.enabledIn[this.stateOf(node.object)];
    if (isEnabled === undefined) this.isLost = true;
    if (isEnabled !== true) return false;
    this.addCause(process, this.depth);
    this.goTo(process, node.next(INITIAL));
    return true;
  }

  private fail({ failure }: ThreadNode): void {
    if (this.failure !== null || failure === null) return;
    this.failure = { ...failure, step: this.depth };
    this.linesAtFailure = this.lines.length;
  }

  private addCause(process: number, cause: number): void {
    const causes = this.causesOf(process);
    if (cause >= 0 && !causes.includes(cause)) this.setCauses(process, [...causes, cause]);
  }

  private setNode(process: number, node: ThreadNode): void {
    this.changed.push((process << KIND_BITS) | NODE);
    this.old.push(this.nodes[process] ?? null);
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
    this.changed.push((object << KIND_BITS) | OBJECT);
    this.old.push(old);
    this.objects[object] = state;
  }

  private setCauses(process: number, causes: readonly number[]): void {
    const old = this.causes[process] ?? NONE;
    if (old === causes) return;
    this.changed.push((process << KIND_BITS) | CAUSES);
    this.old.push(old);
    this.causes[process] = causes;
  }

  private setLast(process: number, step: number): void {
    this.changed.push((process << KIND_BITS) | LAST);
    this.old.push(this.last[process] ?? -1);
    this.last[process] = step;
  }
}
