import { describeDeadlock } from '../kernel/deadlock.ts';
import type { Library } from '../kernel/kernel.ts';
import { format, type Program } from '../language/index.ts';
import type { Actor } from './actor.ts';
import type { Learner } from './automaton/learner.ts';
import { ObservedStepper } from './automaton/observed-stepper.ts';
import { Completion } from './completion.ts';
import { ContentOwners } from './contents.ts';
import type { Delivery } from './delivery.ts';
import { Habits, SupposedHabits } from './habits.ts';
import { Access, NONE, type Operation } from './model.ts';
import type { Names } from './names.ts';
import { Numbering, Renumbering } from './numbering.ts';
import { Places } from './places.ts';
import { stateFor, stateOf } from './possibility.ts';
import type { ProgramOperation } from './program-operation.ts';
import { findRound, type Round } from './rounds.ts';
import { Sharing } from './sharing.ts';
import { findSpinLoops } from './spin-loops.ts';
import { Stepper } from './stepper.ts';
import { StoreBuffer } from './store-buffer.ts';
import type { Failure, Stuck, Subject } from './subject.ts';
import { Timer } from './timer.ts';

/** How a program is executed. */
export interface ExecutionOptions {
  /** Of the machine's chance. */
  readonly seed: number;
  /** A step is made of every access, whether or not another process ever touches the variable. */
  readonly everyAccess?: boolean;
  /** Stores go through store buffers; the program must be compiled `watched`. */
  readonly isTso?: boolean;
  /** Waits on a condition may end without a signal. */
  readonly wakesSpuriously?: boolean;
  /** Every access is a step, and names have the numbers they have there. */
  readonly like?: ProgramExecution;
}

function newNames(program: Program, options: Partial<ExecutionOptions>): Names {
  const { everyAccess = false, isTso = false, wakesSpuriously = false } = options;
  return {
    processes: new Numbering(),
    objects: new Numbering(),
    spaces: new Numbering(),
    shared: new Map(),
    habits: everyAccess ? new SupposedHabits(program) : new Habits(),
    stores: Uint8Array.from(program.sites, ({ kind }) => (kind === 'store' ? 1 : 0)),
    sharing: everyAccess ? null : new Sharing(),
    isTso,
    wakesSpuriously,
    loops: findSpinLoops(program),
    contents: new ContentOwners(),
    places: new Places(),
    accesses: [],
  };
}

function renamed(names: Names, program: Program): Names {
  const processes = new Renumbering(names.processes);
  const { stores, loops } = newNames(program, {});
  const habits = new SupposedHabits(program);
  return { ...names, stores, loops, processes, sharing: null, habits, accesses: [] };
}

/** A compiled program as something to explore: a fresh kernel for each execution. */
export class ProgramExecution implements Subject {
  wrote = false;
  before: unknown = undefined;
  beforeAlso: unknown = undefined;
  touched: readonly number[] = NONE;
  halted = false;
  readonly program: Program;
  readonly names: Names;
  /** The execution under way; undefined before the first. */
  stepper!: Stepper;
  private readonly library: Library;
  private readonly seed: number;
  private steps = 0;
  private learner: Learner | null = null;

  constructor(program: Program, library: Library, options: ExecutionOptions) {
    this.program = program;
    this.library = library;
    this.seed = options.seed;
    this.names = options.like ? renamed(options.like.names, program) : newNames(program, options);
  }

  /** What counts as a step has changed since the last call: what was found until now has to be found again. */
  takeStale(): boolean {
    const { sharing, habits } = this.names;
    const isStale = habits.isStale || sharing?.isStale === true;
    habits.isStale = false;
    if (sharing !== null) sharing.isStale = false;
    return isStale;
  }

  start(): void {
    this.steps = 0;
    this.halted = false;
    this.names.sharing?.begin();
    const { program, library, names, seed, learner } = this;
    if (this.stepper !== undefined) this.stepper.release();
    this.stepper = learner
      ? new ObservedStepper(program, library, names, seed, learner)
      : new Stepper(program, library, names, seed);
    this.stepper.begin();
  }

  /** Tells the learner about all further executions; null: nobody. */
  observe(learner: Learner | null): void {
    this.learner = learner;
  }

  get size(): number {
    const { actors, agents } = this.stepper;
    return Math.max(actors.length, agents.length);
  }

  get failure(): Failure | null {
    return this.stepper.failure;
  }

  get stdout(): readonly string[] {
    return this.stepper.outputAtFailure ?? this.stepper.output;
  }

  get finished(): boolean {
    return this.stepper.actors.every((actor) => !actor || actor.isOver || actor.thread.isDetached);
  }

  actor(process: number): Actor {
    return this.stepper.actors[process] as Actor;
  }

  /** What the last step's operation answered, in words; empty where that is nothing. */
  get resultText(): string {
    const { seen } = this.stepper;
    return seen === null ? '' : short(format([seen.value]));
  }

  /** Has the variable with this number been found to be touched by several threads? What lies outside the processes always is. */
  isKnownShared(object: number): boolean {
    const { sharing, contents, objects } = this.names;
    if (sharing === null || objects.nameOf(object) < 0 || sharing.isKnownShared(object)) return true;
    const base = contents.baseOf(objects.nameOf(object));
    return base >= 0 && sharing.isKnownShared(objects.of(base));
  }

  /**
   * Is what a process stands before in another execution, which makes a step of everything and numbers things as this one does, a step only because everything is?
   */
  isPrivate(other: ProgramExecution, process: number): boolean {
    const operation = other.pending(process);
    if (!operation || !other.isEnabled(process)) return false;
    const { habits } = this.names;
    const { record, kernelOperation } = other.actor(other.threadOf(process));
    if (operation.kind === 'waitpid') return !habits.waitsForAnyChild;
    if (operation.kind === 'close') return !habits.looksAtSources && kernelOperation?.argument === 'writer';
    if (operation.kind === 'exit')
      return (
        !habits.detaches &&
        !habits.isDisturbed(record.life) &&
        !other.stepper.leavesTraces(record, habits) &&
        !(habits.waitsForAnyChild && record.process.parent)
      );
    if (!operation.plain || habits.isObserved(record.life)) return false;
    return ![operation.object, ...operation.parts].some((number) => this.isKnownShared(number));
  }

  /** A proof that the execution with these choices has no end; null where none was found. */
  findRound(choices: readonly number[]): Round | null {
    const { isTso, wakesSpuriously } = this.names;
    if (isTso || wakesSpuriously || this.stepper.processes.length > 1) return null;
    return findRound(this.program, this.library, this, choices, this.seed);
  }

  /** Where in the source the failure was thrown, as far as that is known. */
  get failurePosition(): { readonly line: number; readonly column: number } {
    return this.stepper.failurePosition;
  }

  /** Thread number of a process, as the program's own `id` has it. */
  tidOf(process: number): number {
    return this.stepper.actors[this.threadOf(process)]?.thread.tid ?? 0;
  }

  pending(process: number): ProgramOperation | null {
    const actor = this.stepper.actors[process];
    if (actor === undefined) return this.stepper.agents[process]?.operation ?? null;
    const { kernelOperation } = actor;
    if (kernelOperation?.kind === 'reacquire' && kernelOperation.outcome === 'none') return null;
    return actor.spin.isWaiting || this.waitsForBuffer(actor) ? null : actor.operation;
  }

  isEnabled(process: number): boolean {
    const actor = this.stepper.actors[process];
    if (actor === undefined) return this.pending(process) !== null;
    if (actor.operation === null || actor.spin.isWaiting || this.waitsForBuffer(actor)) return false;
    return actor.kernelOperation === null ? !actor.isOver : actor.kernelOperation.enabled();
  }

  causes(process: number): readonly number[] {
    const actor = this.stepper.actors[process];
    if (actor === undefined) return this.stepper.agents[process]?.causes ?? NONE;
    const { buffer, kernelOperation } = actor;
    const now = this.stepper.causesNow(actor);
    const causes = now.length > 0 ? [...actor.causes, ...now.filter((step) => step >= 0)] : actor.causes;
    const isFence = kernelOperation !== null && buffer !== null && buffer.lastFlush >= 0;
    return isFence ? [...causes, buffer.lastFlush] : causes;
  }

  state(process: number): unknown {
    const kernelOperation = this.stepper.actors[process]?.kernelOperation ?? null;
    return kernelOperation === null ? undefined : stateFor(kernelOperation);
  }

  step(process: number): void {
    const actor = this.stepper.actors[process];
    if (actor === undefined) {
      this.stepAgent(process);
      return;
    }
    const operation = actor.operation as ProgramOperation;
    const { kernelOperation } = actor;
    this.wrote = operation.access === Access.Write;
    if (kernelOperation !== null) {
      const { also } = kernelOperation;
      this.before = stateFor(kernelOperation);
      this.beforeAlso = also && operation.also >= 0 ? stateOf(also) : undefined;
      if (operation.access === Access.Conditional) this.wrote = operation.possible(this.before);
    }
    this.stepper.advance(actor, this.steps++);
    this.finishStep(operation.object, operation.also);
  }

  private stepAgent(process: number): void {
    const agent = this.stepper.agents[process];
    const object = agent?.operation?.object ?? -1;
    this.before = this.beforeAlso = undefined;
    this.wrote = true;
    if (agent instanceof StoreBuffer) this.stepper.flush(agent, this.steps++);
    else if (agent instanceof Timer) this.wrote = this.stepper.expire(agent, this.steps++);
    else if (agent instanceof Completion) this.stepper.complete(agent, this.steps++);
    else this.stepper.bring(agent as Delivery, this.steps++);
    this.finishStep(object, -1);
  }

  private finishStep(object: number, also: number): void {
    const { stepper } = this;
    this.touched = stepper.touched === null ? NONE : this.eachOnce(stepper.touched, object, also);
    this.halted = stepper.hasExited;
    const step = this.steps - 1;
    if (this.wrote && object >= 0) stepper.noteChange(object, step);
    if (also >= 0) stepper.noteChange(also, step);
    for (const mark of this.touched) if (mark >= 0) stepper.noteChange(mark, step);
  }

  /** What a step touched besides its own objects, each once; a change of its own object makes it a change. */
  private eachOnce(touched: readonly number[], object: number, also: number): readonly number[] {
    const changed = new Set(touched.filter((mark) => mark >= 0));
    if (changed.has(object)) this.wrote = true;
    const marks = new Set(touched.filter((mark) => mark >= 0 || !changed.has(~mark)));
    for (const own of [object, also])
      if (own >= 0) {
        marks.delete(own);
        marks.delete(~own);
      }
    return [...marks];
  }

  /** Operations of the kernel are fences: they wait until what the thread stored has reached memory. */
  private waitsForBuffer({ kernelOperation, buffer }: Actor): boolean {
    return kernelOperation !== null && kernelOperation.kind !== 'print' && buffer !== null && !buffer.isEmpty;
  }

  describeDeadlock(): Stuck {
    const { actors } = this.stepper;
    const spinning = actors.filter((actor) => actor?.spin.isWaiting) as Actor[];
    if (spinning.length > 0)
      return { kind: 'livelock', message: spinning.map((actor) => this.describeSpin(actor)).join(' ') };
    const locked = actors.find((actor) => actor?.isLocked && !actor.isOver);
    if (locked) return { kind: 'livelock', message: this.stepper.lockedMessage(locked) };
    for (const actor of actors) if (actor && !actor.isOver) actor.thread.state = 'blocked';
    return { kind: 'deadlock', message: describeDeadlock(this.stepper).message };
  }

  private describeSpin({ thread, operation }: Actor): string {
    const site = this.program.sites[operation?.site ?? -1];
    return `Livelock: ${thread.name} goes round in the loop on line ${site?.line ?? 0} for ever, for nobody is left who could change what it looks at.`;
  }

  raceKey(first: Operation, second: Operation): number {
    const a = (first as ProgramOperation).site;
    const b = (second as ProgramOperation).site;
    return Math.min(a, b) * MOST_SITES + Math.max(a, b);
  }

  threadOf(process: number): number {
    return this.stepper.agents[process]?.owner ?? process;
  }

  /** The process empties a store buffer. */
  isFlusher(process: number): boolean {
    return this.stepper.agents[process]?.role === 'store';
  }
}

const LONGEST_VALUE = 40;
/** Sites a program can have, as far as the names of races go. */
const MOST_SITES = 2 ** 26;

function short(whole: string): string {
  const text = whole.replace(/\s+/g, ' ');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
