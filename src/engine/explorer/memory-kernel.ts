import { Kernel, type Library } from '../kernel/kernel.ts';
import type { Process } from '../kernel/process.ts';
import type { Program } from '../language/index.ts';
import type { Actor, Agent } from './actor.ts';
import { Work } from './contents.ts';
import type { ExplorerHost } from './explorer-host.ts';
import { Access } from './model.ts';
import type { Names } from './names.ts';
import type { ProcessRecord } from './process-record.ts';
import type { Sharing } from './sharing.ts';
import { StoreBuffer } from './store-buffer.ts';

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
    this.mayHaveProxies = /\bProxy\b/.test(program.source);
  }

  /** An access to a property is a look at the contents of its object; a store that makes one changes them. */
  protected noteContents({ object, access }: { object: number; access: Access }, actor: Actor): void {
    const { contents, objects, sharing } = this.names;
    const address = objects.nameOf(object);
    const base = contents.baseOf(address);
    if (base < 0) return;
    const whole = objects.of(base);
    if (whole === object) return;
    if (sharing !== null && !sharing.isKnownShared(whole) && !this.isObserved(actor)) return;
    const isChange =
      access === Access.Write && (contents.changes(base) || this.makes(address, base, actor.record));
    this.noteTouched(whole, isChange);
  }

  /** Is every access of its process a step? */
  protected isObserved({ record }: Actor): boolean {
    return this.names.habits.isObserved(record.life);
  }

  /** Does a store to this address make a property that was not there? */
  private makes(address: number, base: number, { process, offset }: ProcessRecord): boolean {
    const target = this.targetAt(process, base - offset);
    const place = this.names.places.at(address - offset);
    if (target === undefined || place === null) return false;
    return this.mayHaveProxies || !Object.hasOwn(target, place.key);
  }

  /** The program may make objects that notice who looks at them. */
  protected readonly mayHaveProxies: boolean;

  /** The object of a process that has this address. */
  protected targetAt(process: Process, base: number): object | undefined {
    return (process.instance.runtime.host as ExplorerHost).objectAt(base);
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
    const isObserved = this.isObserved(this.actor);
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
    const { contents, objects } = this.names;
    const { record } = this.actor;
    this.meetLength(address, isStore, record);
    const isOwnShared = this.isSharedNow(object, isStore, sharing);
    const base = contents.baseOf(address);
    if (base < 0) return isOwnShared;
    const isWork = contents.isRead(base) || (isStore && this.makes(address, base, record));
    return this.isSharedNow(objects.of(base), isWork, sharing) || isOwnShared;
  }

  /** Whoever loads the length of an array looks how many elements there are, and whoever stores to it changes that. */
  private meetLength(address: number, isStore: boolean, { process, offset }: ProcessRecord): void {
    const { places } = this.names;
    if (!places.isLength(address - offset)) return;
    const base = places.at(address - offset)?.base ?? -1;
    if (Array.isArray(this.targetAt(process, base)))
      this.workOn(base + offset, isStore ? Work.Changed : Work.Looked);
  }

  /** The contents of the object at this address are worked on as a whole. */
  protected workOn(base: number, work: Work): void {
    const { contents, sharing } = this.names;
    if (contents.add(base, work) && sharing !== null) sharing.isStale = true;
  }

  /** Could others notice what the running thread does to the object with this number? */
  protected isNoticed(object: number, isChange: boolean): boolean {
    const { sharing } = this.names;
    return sharing === null || this.isObserved(this.actor) || this.isSharedNow(object, isChange, sharing);
  }

  protected isSharedNow(object: number, isStore: boolean, sharing: Sharing): boolean {
    return sharing.isShared(object, this.actor, isStore, this.made, this.exists);
  }

  private readonly exists = (process: number): boolean => this.actors[process] !== undefined;

  /** See `Host.place`. */
  placeOf(base: number, key: PropertyKey, bytes: number): number {
    return this.names.places.of(base, key, bytes);
  }

  /** See `Host.keyAt`. */
  keyAt(base: number, address: number): PropertyKey | undefined {
    const place = this.names.places.at(address);
    return place?.base === base ? place.key : undefined;
  }

  /** See `Host.places`. */
  places(start: number, bytes: number, base: number): void {
    this.names.contents.place(start, bytes, base);
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
    if (!isChange) (this.actor as Actor | undefined)?.spin.reads(object);
  }
}

function isReference(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
