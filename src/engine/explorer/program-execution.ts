import { describeDeadlock } from '../kernel/deadlock.ts';
import type { Library } from '../kernel/kernel.ts';
import type { Program } from '../language/index.ts';
import { Access, NONE, type Operation } from './model.ts';
import { Numbering } from './numbering.ts';
import { type ProgramOperation, stateOf } from './program-operation.ts';
import { Sharing } from './sharing.ts';
import { type Actor, type Names, Stepper } from './stepper.ts';
import type { Failure, Subject } from './subject.ts';

/** A compiled program as something to explore: a fresh kernel for each execution. */
export class ProgramExecution implements Subject {
  wrote = false;
  before: unknown = undefined;
  beforeAlso: unknown = undefined;
  touched: readonly number[] = NONE;
  halted = false;
  readonly program: Program;
  readonly names: Names;
  stepper!: Stepper;
  private readonly library: Library;
  private readonly seed: number;
  private steps = 0;

  /** `everyAccess`: a step is made of every access, whether or not another process ever touches the variable. */
  constructor(program: Program, library: Library, seed: number, everyAccess = false) {
    this.program = program;
    this.library = library;
    this.seed = seed;
    const stores = Uint8Array.from(program.sites, ({ kind }) => (kind === 'store' ? 1 : 0));
    this.names = {
      processes: new Numbering(),
      objects: new Numbering(),
      stores,
      sharing: everyAccess ? null : new Sharing(),
    };
  }

  /** What counts as a step has changed since the last call: what was found until now has to be found again. */
  takeStale(): boolean {
    const { sharing } = this.names;
    if (!sharing?.isStale) return false;
    sharing.isStale = false;
    return true;
  }

  start(): void {
    this.steps = 0;
    this.halted = false;
    this.stepper = new Stepper(this.program, this.library, this.names, this.seed);
    this.stepper.begin();
  }

  get size(): number {
    return this.stepper.actors.length;
  }

  get failure(): Failure | null {
    return this.stepper.failure;
  }

  get stdout(): readonly string[] {
    return this.stepper.outputAtFailure ?? this.stepper.output;
  }

  get finished(): boolean {
    for (const actor of this.stepper.actors)
      if (actor && !actor.isOver && !actor.thread.isDetached) return false;
    return true;
  }

  actor(process: number): Actor {
    return this.stepper.actors[process] as Actor;
  }

  /** What the last step's operation answered, in words; empty where that is nothing. */
  get resultText(): string {
    return '';
  }

  /** Where in the source the failure was thrown, as far as that is known. */
  get failurePosition(): { readonly line: number; readonly column: number } {
    return this.stepper.failurePosition;
  }

  /** Thread number of a process, as the program's own `id` has it. */
  tidOf(process: number): number {
    return this.stepper.actors[process]?.thread.tid ?? 0;
  }

  pending(process: number): ProgramOperation | null {
    const actor = this.stepper.actors[process];
    if (actor === undefined || actor.operation === null) return null;
    const { kernelOperation } = actor;
    return kernelOperation?.kind === 'reacquire' && kernelOperation.outcome === 'none'
      ? null
      : actor.operation;
  }

  isEnabled(process: number): boolean {
    const actor = this.stepper.actors[process];
    if (actor === undefined || actor.operation === null) return false;
    return actor.kernelOperation === null || actor.kernelOperation.enabled();
  }

  causes(process: number): readonly number[] {
    return this.actor(process).causes;
  }

  state(process: number): unknown {
    const { kernelOperation } = this.actor(process);
    return kernelOperation === null ? undefined : stateOf(kernelOperation.object);
  }

  step(process: number): void {
    const actor = this.actor(process);
    const operation = actor.operation as ProgramOperation;
    const { kernelOperation } = actor;
    this.wrote = operation.access === Access.Write;
    if (kernelOperation !== null) {
      const { object, also } = kernelOperation;
      this.before = stateOf(object);
      this.beforeAlso = also && operation.also >= 0 ? stateOf(also) : undefined;
      if (operation.access === Access.Conditional) this.wrote = operation.possible(this.before);
    }
    this.stepper.advance(actor, this.steps++);
    this.touched = this.stepper.touched ?? NONE;
    this.halted = this.stepper.hasExited;
  }

  describeDeadlock(): string {
    const blocked = this.stepper.actors.filter((actor) => actor && !actor.isOver);
    for (const actor of blocked) if (actor) actor.thread.state = 'blocked';
    return describeDeadlock(this.stepper).message;
  }

  raceKey(first: Operation, second: Operation): string {
    const a = (first as ProgramOperation).site;
    const b = (second as ProgramOperation).site;
    return a < b ? `${a} ${b}` : `${b} ${a}`;
  }

  threadOf(process: number): number {
    return process;
  }
}
