import type { Library } from '../../kernel/kernel.ts';
import { type KernelObject, Operation as KernelOperation } from '../../kernel/operation.ts';
import type { Process } from '../../kernel/process.ts';
import type { Thread } from '../../kernel/thread.ts';
import type { Look, Program } from '../../language/index.ts';
import type { Actor } from '../actor.ts';
import type { BuiltIn } from '../contents.ts';
import type { Names } from '../names.ts';
import { Stepper } from '../stepper.ts';
import type { Learner } from './learner.ts';
import { MODELLED } from './object-key.ts';
import { sharedParts } from './shared-parts.ts';

/** An access by the way, of the only thread there is. */
interface Silent {
  readonly object: number;
  readonly isStore: boolean;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A stepper that tells the learner what happens in it. The program must be compiled `watched`. */
export class ObservedStepper extends Stepper {
  private readonly learner: Learner;
  private hasSpawned = false;
  /** The running thread is about to do the load or store that the search has told it to. */
  private expected: Actor | null = null;
  private silent: Silent | null = null;
  /** It is about to store to a variable of its own: its number; -1 where it is not. */
  private own = -1;

  constructor(program: Program, library: Library, names: Names, seed: number, learner: Learner) {
    super(program, library, names, seed);
    this.learner = learner;
    if (learner.libraryTypes.size > 0) return;
    for (const type of Object.values(library.module))
      if (typeof type === 'function') learner.libraryTypes.add(type.prototype);
  }

  override advance(actor: Actor, step: number): void {
    if (this.silent !== null) this.learner.giveUp('an access without a value');
    this.expected = actor.kernelOperation === null ? actor : null;
    super.advance(actor, step);
    if (this.expected !== null || this.silent !== null) this.learner.giveUp('an access without a value');
  }

  override touch(address: number, site: number): number {
    if (!this.hasSpawned) return super.touch(address, site);
    if (this.expected !== null || this.silent !== null || this.own >= 0)
      this.learner.giveUp('an access without a value');
    if (!this.running.process.instance.canSuspend) this.learner.giveUp('an access that cannot be suspended');
    const fuel = super.touch(address, site);
    if (fuel < 0) return fuel;
    const object = this.names.objects.of(address);
    const isStore = this.names.stores[site] === 1;
    if (this.names.sharing?.isKnownShared(object)) this.silent = { object, isStore };
    else if (isStore) this.own = object;
    else this.learner.lookedAt(this.actor.process, object);
    return fuel;
  }

  override loaded(value: unknown): unknown {
    const { expected, silent, learner } = this;
    const result = super.loaded(value);
    this.expected = this.silent = null;
    if (expected !== null) learner.loaded(expected.process, this.objectAt(expected), result);
    else if (silent !== null) {
      const { process } = this.actor;
      if (silent.isStore) learner.giveUp('a load where a store was to be');
      learner.come(process, 'peek', silent.object);
      learner.loaded(process, silent.object, result);
    }
    return result;
  }

  override stored(value: unknown, apply: (value: unknown) => void): unknown {
    const { expected, silent, learner } = this;
    const result = super.stored(value, apply);
    this.expected = this.silent = null;
    if (expected !== null) learner.stored(expected.process, this.objectAt(expected), value);
    else if (silent !== null) {
      const { process } = this.actor;
      if (!silent.isStore) learner.giveUp('a store where a load was to be');
      learner.come(process, 'poke', silent.object);
      learner.stored(process, silent.object, value);
    } else if (this.own >= 0) learner.storedOwn(this.actor.process, this.own, value);
    this.own = -1;
    return result;
  }

  private objectAt({ process }: Actor): number {
    return this.learner.at(process)?.object ?? -1;
  }

  override callsBuiltIn(f: BuiltIn, self: unknown, args: readonly unknown[], goesByItself: boolean): unknown {
    if (this.hasSpawned && !this.isHarmless(self, args)) {
      this.learner.changedObjects(this.actor.process);
      for (const value of [self, ...args]) if (isObject(value)) this.learnLook(value);
    }
    return super.callsBuiltIn(f, self, args, goesByItself);
  }

  override looks(look: Look, value: object, key?: PropertyKey): unknown {
    this.learnLook(value);
    return super.looks(look, value, key);
  }

  /** Somebody looks into an object without accesses of compiled code: what threads share of it is loaded by the way, and that must be all. */
  private learnLook(value: object): void {
    const { sharing } = this.names;
    if (!this.hasSpawned || sharing === null) return;
    const { process } = this.actor;
    const { instance } = this.running.process;
    const parts = sharedParts(value, (target, key) => {
      const object = this.names.objects.find(instance.addressOf(target, key) + this.actor.record.offset);
      if (object >= 0 && sharing.isKnownShared(object)) return object;
      this.learner.lookedAt(process, object);
      return -1;
    });
    if (parts === null) this.learner.giveUp('a look into an object too large to follow');
    else if (parts.length > 0 && !this.isAlone) this.learner.giveUp('a built-in looks at what threads share');
    else
      for (const { object, value: found } of parts) {
        this.learner.come(process, 'peek', object);
        this.learner.loaded(process, object, found);
      }
  }

  /** Does a call leave all objects of the program as they are? */
  private isHarmless(self: unknown, args: readonly unknown[]): boolean {
    if (args.some(isObject)) return false;
    if (!isObject(self) || self === Math) return true;
    return this.learner.libraryTypes.has(Object.getPrototypeOf(self));
  }

  override perform(operation: KernelOperation): unknown {
    const { kind, object, deadline } = operation;
    const isKnown = kind === 'join' || kind === 'sleep' || MODELLED.has(object.kind);
    if (!isKnown) this.learner.giveUp(`${kind} of ${object.kind}`);
    if (kind !== 'sleep' && deadline < Number.POSITIVE_INFINITY) this.learner.giveUp('a limit to waiting');
    return super.perform(operation);
  }

  protected override execute(operation: KernelOperation): unknown {
    const { learner } = this;
    const process = this.processOf(operation.thread);
    if (operation.kind === 'join') {
      learner.joined(process, this.processOf(operation.object as unknown as Thread));
      return super.execute(operation);
    }
    if (operation.kind === 'leave') {
      learner.left(process, this.numberOf[operation.object.id] as number);
      return super.execute(operation);
    }
    let result: unknown;
    try {
      result = super.execute(operation);
    } catch (error) {
      learner.executed(process, operation, `error ${String(error)}`, false);
      throw error;
    }
    learner.executed(process, operation, result, result instanceof KernelOperation);
    return result;
  }

  /** The search's number of an object of the kernel. */
  numberFor(object: KernelObject): number {
    return this.numberOfObject(object);
  }

  private processOf(thread: Thread): number {
    return this.actors.find((actor) => actor?.thread === thread)?.process ?? -1;
  }

  protected override started(thread: Thread): void {
    super.started(thread);
    this.hasSpawned = true;
    const { process } = this.actor;
    // Numbers of threads and names of objects are given out as they come: only one thread may do so.
    if (process !== 0) this.learner.giveUp('a thread makes threads');
    this.learner.spawned(process, this.processOf(thread));
  }

  override newId(): number {
    if (this.hasSpawned && this.actor.process !== 0)
      this.learner.giveUp('a thread makes objects of the kernel');
    return super.newId();
  }

  override endThread(thread: Thread, value: unknown): void {
    if (thread.state !== 'ended') this.learner.ended(this.processOf(thread), value);
    super.endThread(thread, value);
  }

  override fail(error: unknown): void {
    const { failure } = this;
    const process = this.actor.process;
    this.failure = null;
    super.fail(error);
    const own = this.failure as typeof failure;
    this.failure = failure ?? own;
    const node = this.learner.come(process, 'failed');
    if (node !== null) node.failure = own;
  }

  override idleUntil(time: number): unknown {
    this.learner.giveUp('an event loop that waits');
    return super.idleUntil(time);
  }

  override wakeLoop(process: Process): void {
    this.learner.giveUp('an event loop');
    super.wakeLoop(process);
  }
}
