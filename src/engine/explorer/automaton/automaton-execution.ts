import type { Operation } from '../model.ts';
import { NONE } from '../model.ts';
import type { ProgramExecution } from '../program-execution.ts';
import type { ProgramOperation } from '../program-operation.ts';
import type { Round } from '../rounds.ts';
import type { Failure, Stuck, Subject } from '../subject.ts';
import { isLearnable } from './learnable.ts';
import { Learner } from './learner.ts';
import { obliviousSites } from './oblivious.ts';
import { Walk } from './walk.ts';

/** Nodes after which what was learnt is forgotten: memory must not grow with the number of executions. */
const MOST_NODES = 100_000;
/** One execution in so many is run for real, to compare. */
const AUDIT_EVERY = 1_000;
/** What a step of a walk costs, in steps of a program that is learnt; what a step of one costs that is not; and, in steps, what each execution of its own costs to begin. */
const WALKED = 1 / 8;
const PLAIN = 8;
const BEGIN = 20;
/** Executions to learn from after which it is worth while to ask what threads forget. */
const LESSONS = 50;
/** Deadlocks whose words are kept. */
const MOST_WORDS = 1_000;

/**
 * Runs a program's code only where it does something that no execution has shown before. What a thread does next is a function of what its operations have
 * answered, so every execution adds to the trees of its threads (`Learner`), and an execution whose path is known in all of them is walked there
 * (`Walk`). Programs that are no such functions, as far as one can see, are executed as they are.
 */
export class AutomatonExecution implements Subject {
  private readonly real: ProgramExecution;
  private readonly isLearnable: boolean;
  /** See `Learner`. */
  private readonly inherited = new Set<number>();
  /** See `obliviousSites`; null before anybody has asked. */
  private oblivious: ReadonlySet<number> | null = null;
  private lessons = 0;
  private readonly patience: number;
  private learner = new Learner(this.inherited);
  private readonly walk = new Walk();
  private readonly path: number[] = [];
  private depth = 0;
  private hasBegun = false;
  /** The real execution goes along. */
  private isLive = false;
  /** Nothing is learnt: all executions are real. */
  private isPlain = false;
  private isStale = false;
  private untilAudit = AUDIT_EVERY;
  work = 0;
  private readonly words = new Map<string, Stuck>();

  /** What threads forget is asked after so many executions to learn from. */
  constructor(real: ProgramExecution, patience = LESSONS) {
    this.real = real;
    this.patience = patience;
    this.isLearnable = isLearnable(real.program, real.names);
    this.isPlain = !this.isLearnable;
    if (this.isPlain) this.learner.giveUp('the program does more than threads do');
    else real.observe(this.learner);
  }

  /** Why the program is executed as it is; null where it is not. */
  get problem(): string | null {
    return this.learner.problem;
  }

  start(): void {
    this.restore(0);
  }

  /** Back to the state after the first `depth` steps of the execution before. */
  restore(depth: number): void {
    this.depth = depth;
    if (this.isPlain) this.replay();
    else if (!this.hasBegun || this.learner.automaton.size > MOST_NODES || this.findsOblivious())
      this.rebuild();
    else {
      this.walk.goBack(depth);
      this.isLive = false;
      if (--this.untilAudit <= 0) this.audit();
    }
  }

  /** Much has been learnt, and there are sites at which threads forget: what is learnt with them is less. */
  private findsOblivious(): boolean {
    if (this.oblivious !== null || this.lessons < this.patience) return false;
    this.oblivious = obliviousSites(this.real.program);
    return this.oblivious.size > 0;
  }

  private replay(): void {
    this.real.start();
    this.work += (BEGIN + this.depth) * PLAIN;
    for (let i = 0; i < this.depth; i++) this.real.step(this.path[i] as number);
  }

  /** Learn from the start. */
  private rebuild(): void {
    this.learner = new Learner(this.inherited, this.oblivious ?? undefined);
    this.real.observe(this.learner);
    this.words.clear();
    this.startReal();
    const { root } = this.learner.automaton;
    if (root === null || !this.walk.begin(root)) this.learner.giveUp('the start cannot be walked');
    this.hasBegun = this.isLive = true;
    const { depth } = this;
    for (this.depth = 0; this.depth < depth; this.depth++) this.stepBoth(this.path[this.depth] as number);
    this.check();
  }

  private startReal(): void {
    this.learner.begin();
    this.work += this.depth;
    this.real.start();
    this.learner.finish(this.real, false);
  }

  /** Run the program up to where the walk is, and compare every step of that with what has been learnt. */
  private audit(): void {
    this.untilAudit = AUDIT_EVERY;
    this.startReal();
    this.repeat(true);
  }

  /** Run the program up to where the walk is. */
  private goLive(): void {
    this.untilAudit = AUDIT_EVERY;
    this.lessons++;
    this.learner.beginKnown();
    this.work += this.depth;
    this.real.start();
    this.repeat(false);
  }

  /** Repeat the steps of the walk. */
  private repeat(isAudit: boolean): void {
    for (let i = 0; i < this.depth; i++) {
      if (this.isPlain || !this.real.isEnabled(this.path[i] as number)) {
        this.learner.giveUp('a schedule that cannot be repeated');
        break;
      }
      this.real.step(this.path[i] as number);
      if (isAudit) this.learner.finish(this.real, true);
    }
    if (!isAudit) this.learner.resume(this.walk, this.real);
    this.isLive = true;
    this.check();
  }

  private stepBoth(process: number): void {
    this.work += this.isPlain ? PLAIN : 1;
    this.real.step(process);
    if (this.isPlain) return;
    this.learner.finish(this.real, true);
    if (this.learner.problem === null && !this.walk.step(process))
      this.learner.giveUp('a step cannot be walked');
  }

  /** Compare the walk with the real execution. From the first difference on, executions are real. */
  private check(): void {
    if (this.isPlain) return;
    if (this.learner.isObsolete) {
      this.isPlain = this.isStale = true;
      return;
    }
    if (this.learner.problem === null && !this.agrees()) this.learner.giveUp('the walk went astray');
    if (this.learner.problem === null) return;
    this.isPlain = this.isStale = true;
    this.real.observe(null);
  }

  private agrees(): boolean {
    const { real, walk } = this;
    for (let process = 0; process < Math.max(real.size, walk.size); process++) {
      const [a, b] = [real.pending(process), walk.pending(process)];
      if (a?.kind !== b?.kind || a?.object !== b?.object || a?.site !== b?.site) return false;
      if (real.isEnabled(process) !== walk.isEnabled(process)) return false;
      if (a !== null && !areSame(real.causes(process), walk.causesOf(process))) return false;
    }
    return real.finished === walk.finished && real.failure?.message === walk.failure?.message;
  }

  step(process: number): void {
    this.path[this.depth] = process;
    if (!this.isLive && !this.isPlain) {
      if (this.walk.step(process)) {
        this.depth++;
        this.work += WALKED;
        return;
      }
      this.goLive();
    }
    this.stepBoth(process);
    this.depth++;
    this.check();
  }

  takeStale(): boolean {
    // What counts as a step has changed: whatever could not be accounted for may have been due to that.
    if (this.real.takeStale() || this.learner.isObsolete) this.isPlain = !this.isLearnable;
    else if (!this.isStale) return false;
    this.isStale = this.hasBegun = false;
    return true;
  }

  get size(): number {
    return this.isPlain ? this.real.size : this.walk.size;
  }

  pending(process: number): ProgramOperation | null {
    return this.isPlain ? this.real.pending(process) : this.walk.pending(process);
  }

  isEnabled(process: number): boolean {
    if (this.isPlain) return this.real.isEnabled(process);
    const { walk } = this;
    const known = walk.isEnabled(process) ?? this.foresee(process);
    if (known !== undefined) return known;
    if (!this.isLive) this.goLive();
    return this.isPlain ? this.real.isEnabled(process) : (walk.isEnabled(process) ?? false);
  }

  private foresee(process: number): boolean | undefined {
    const node = this.walk.nodes[process];
    return node ? this.learner.states.foresee(process, node, this.walk.stateOf(node.object)) : undefined;
  }

  enabledInto(target: Int32Array): number {
    const known = this.isPlain ? -1 : this.walk.enabledInto(target);
    if (known >= 0) return known;
    let count = 0;
    const { size } = this;
    for (let process = 0; process < size; process++) if (this.isEnabled(process)) target[count++] = process;
    return count;
  }

  causes(process: number): readonly number[] {
    return this.isPlain ? this.real.causes(process) : this.walk.causesOf(process);
  }

  state(process: number): unknown {
    if (!this.isLive && !this.isPlain) this.goLive();
    return this.real.state(process);
  }

  get wrote(): boolean {
    return this.isPlain ? this.real.wrote : this.walk.wrote;
  }

  get before(): unknown {
    return this.isPlain ? this.real.before : this.walk.before;
  }

  get beforeAlso(): unknown {
    return this.isPlain ? this.real.beforeAlso : this.walk.beforeAlso;
  }

  get touched(): readonly number[] {
    return this.isPlain ? this.real.touched : NONE;
  }

  get halted(): boolean {
    return this.isPlain && this.real.halted;
  }

  get finished(): boolean {
    return this.isPlain ? this.real.finished : this.walk.finished;
  }

  get failure(): Failure | null {
    return this.isPlain ? this.real.failure : this.walk.failure;
  }

  get stdout(): readonly string[] {
    return this.isPlain ? this.real.stdout : this.walk.stdout;
  }

  get outputNumber(): number {
    return this.isPlain ? -1 : this.walk.output;
  }

  describeDeadlock(): Stuck {
    if (this.isPlain) return this.real.describeDeadlock();
    const key = this.walk.nodes.map((node) => node?.id ?? 0).join();
    const known = this.words.get(key);
    if (known) return known;
    if (!this.isLive) this.goLive();
    const words = this.real.describeDeadlock();
    if (this.words.size < MOST_WORDS) this.words.set(key, words);
    return words;
  }

  findRound(choices: readonly number[]): Round | null {
    return this.real.findRound(choices);
  }

  raceKey(first: Operation, second: Operation): string | number {
    return this.real.raceKey(first, second);
  }

  threadOf(process: number): number {
    return this.isPlain ? this.real.threadOf(process) : process;
  }
}

/** The same numbers, in whatever order; none is in a list twice. */
function areSame(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (const number of a) if (!b.includes(number)) return false;
  return true;
}
