import { Kernel, type Library } from '../kernel/kernel.ts';
import { Operation as KernelOperation } from '../kernel/operation.ts';
import type { Program } from '../language/index.ts';
import type { Actor, Agent } from './actor.ts';
import { type BuiltIn, CONTENT_METHODS, ContentCall } from './contents.ts';
import { Access } from './model.ts';
import type { Names } from './names.ts';
import type { ProgramOperation } from './program-operation.ts';
import type { Sharing } from './sharing.ts';
import { StoreBuffer } from './store-buffer.ts';

/** Elements of an array that a built-in looks at, as far as they are followed. */
const MOST_ELEMENTS = 1_000;

/**
 * The half of the explorer's kernel that deals with memory: which accesses are steps, what a thread sees of what others have stored, and what a step has
 * touched.
 */
export abstract class MemoryKernel extends Kernel {
  readonly fuel = new Int32Array(1);
  /** By the explorer's process numbers. */
  readonly actors: (Actor | undefined)[] = [];
  step = -1;
  /** Objects touched besides the operation's own in the step under way. */
  touched: number[] | null = null;
  /** By the explorer's process numbers: who empties store buffers, ends waits, brings signals. */
  readonly agents: (Agent | undefined)[] = [];
  /** What the step under way loaded or stored, as far as the program is watched. */
  seen: { readonly value: unknown } | null = null;
  /** Threads made so far. */
  protected made = 0;
  /** Where the running thread is about to load or store; null where nobody else could notice. */
  protected access: { readonly object: number; readonly site: number } | null = null;
  /** What the running thread is about to load by the way; -1 where that is nothing. */
  private quiet = -1;
  protected readonly names: Names;
  protected actor!: Actor;
  protected readonly numberOf: number[] = [];
  /** Accesses, and calls that the kernel could have stopped the thread in, since the running thread was resumed. */
  protected accesses = 0;
  protected calls = 0;
  private readonly buffers: StoreBuffer[] = [];

  constructor(program: Program, library: Library, names: Names) {
    super(program, library);
    this.names = names;
  }

  /** An access to an element is a look at the contents of its object. */
  protected noteContents({ object, access }: ProgramOperation): void {
    const { contents, objects } = this.names;
    const base = contents.baseOf(objects.nameOf(object));
    if (base >= 0 && objects.of(base) !== object)
      this.noteTouched(objects.of(base), access === Access.Write && contents.changes(base));
  }

  /** See `Host.loaded`. */
  loaded(value: unknown): unknown {
    const { access } = this;
    if (access === null) {
      if (this.quiet >= 0 && !isReference(value)) this.names.sharing?.findData(this.quiet);
      this.quiet = -1;
      return value;
    }
    const own = this.actor.buffer?.find(access.object);
    const result = own ? own.value : value;
    this.show(result);
    return result;
  }

  /** See `Host.stored`. */
  stored(value: unknown, apply: (value: unknown) => void): unknown {
    const { access, actor } = this;
    if (access === null || !this.names.isTso) {
      apply(value);
      this.show(value);
      return value;
    }
    actor.buffer ??= this.makeBuffer(actor);
    actor.buffer.push(access.object, access.site, this.step, value, apply);
    return value;
  }

  protected mayWatch = false;

  /** The first access after a step begins is the step's own. */
  private show(value: unknown): void {
    if (this.mayWatch) this.seen = { value };
    this.mayWatch = false;
    this.access = null;
  }

  private makeBuffer(actor: Actor): StoreBuffer {
    const buffer = new StoreBuffer(this.names.processes.of(-1 - actor.process), actor.process);
    this.agents[buffer.process] = buffer;
    this.buffers.push(buffer);
    return buffer;
  }

  /** Everything the running thread has stored reaches memory, as part of the step under way. */
  protected drain(): void {
    const buffer = (this.actor as Actor | undefined)?.buffer;
    while (buffer && !buffer.isEmpty) this.noteTouched(buffer.flush(), true);
  }

  /** An access of compiled code (the address is unique among all processes): below zero where it has to stop in front of it. */
  touch(address: number, site: number): number {
    const { sharing, objects, stores, isTso } = this.names;
    this.access = null;
    this.quiet = -1;
    this.accesses++;
    if (!this.running.process.instance.canSuspend) {
      this.noteTouched(objects.of(address), stores[site] === 1);
      return 0;
    }
    const isObserved = this.names.habits.isObserved(this.actor.record.life);
    if (!isObserved && this.isAlone) return 0;
    const object = objects.of(address);
    const isStore = stores[site] === 1;
    if (isStore) this.actor.spin.disturb();
    if (sharing !== null && !isObserved && !this.isShared(address, object, sharing, isStore)) {
      if (!isStore) this.quiet = object;
      return 0;
    }
    if (!isTso || !isStore) return -1;
    this.access = { object, site };
    return 0;
  }

  private isShared(address: number, object: number, sharing: Sharing, isStore: boolean): boolean {
    const base = this.names.contents.baseOf(address);
    const isOwnShared = this.isSharedNow(object, isStore, sharing);
    return (base >= 0 && this.isSharedNow(this.names.objects.of(base), true, sharing)) || isOwnShared;
  }

  protected isSharedNow(object: number, isStore: boolean, sharing: Sharing): boolean {
    return sharing.isShared(object, this.actor, isStore, this.made, this.exists);
  }

  private readonly exists = (process: number): boolean => this.actors[process] !== undefined;

  /** See `Host.place`. */
  placeOf(base: number, key: PropertyKey, bytes: number): number {
    return this.names.places.of(base, key, bytes);
  }

  /** See `Host.places`. */
  places(start: number, bytes: number, base: number): void {
    this.names.contents.place(start, bytes, base);
  }

  /** See `Host.mayGrow`: where built-ins work on its contents; to whoever replays a schedule always, for that is known only after a search. */
  mayGrow(base: number): boolean {
    return this.names.sharing === null || this.names.contents.has(base);
  }

  /** See `Host.looks`. */
  looksInto(_value: object): void {}

  /** See `Host.calls`: a built-in that works on an object's contents is a step. */
  callsBuiltIn(f: BuiltIn, self: unknown, args: readonly unknown[]): unknown {
    const change = CONTENT_METHODS.get(f);
    if (change === undefined || typeof self !== 'object' || self === null) return undefined;
    this.calls++;
    if (this.isAlone) return undefined;
    const { contents, objects, sharing } = this.names;
    const base = this.running.process.instance.addressOf(self) + this.actor.record.offset;
    if (contents.add(base, change) && sharing !== null) sharing.isStale = true;
    if (change) this.actor.spin.disturb();
    if (sharing !== null && !this.isSharedNow(objects.of(base), true, sharing)) return undefined;
    const id = super.newId();
    this.numberOf[id] = objects.of(base);
    const call = new ContentCall(id, f.name, () => {
      if (!change && Array.isArray(self)) this.noteElements(self);
      return Reflect.apply(f, self, args as never[]);
    });
    this.calls--;
    return this.perform(new KernelOperation(change ? 'store' : 'load', call));
  }

  /** A built-in looks at all elements of an array. */
  private noteElements(array: readonly unknown[]): void {
    const { objects, sharing } = this.names;
    const { record } = this.actor;
    const length = Math.min(array.length, MOST_ELEMENTS);
    for (let i = 0; i < length; i++) {
      const element = objects.of(this.running.process.instance.addressOf(array, i) + record.offset);
      if (sharing === null || this.isSharedNow(element, false, sharing)) this.noteTouched(element, false);
    }
  }

  /**
   * No other thread of its process exists, in this schedule and in every equivalent one: those that are over have been joined. And nothing is on its way to memory.
   */
  protected get isAlone(): boolean {
    const { record, joined } = this.actor;
    if (record.live > 1 || record.created - record.live > joined.size) return false;
    return this.buffers.every(({ isEmpty }) => isEmpty);
  }

  protected noteTouched(object: number, isChange: boolean): void {
    this.touched ??= [];
    this.touched.push(isChange ? object : ~object);
  }
}

function isReference(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
