/**
 * What compiled code runs on: calls that can be suspended, one instance for each process. A call runs its callee
 * nested on the native stack; a callee that suspends is put on `pending`, `SUSPENDED` is returned, and so the
 * whole native stack unwinds into the thread's own array of frames (see `ThreadStack`).
 */
import { FUEL, type Host, LOOK, SUSPENDED } from '../host.ts';
import type { Program } from '../program.ts';
import { Addresses, type Marks } from './addresses.ts';
import { bearAfter, callAfter } from './afterwards.ts';
import { constructWith } from './construct.ts';
import { describe } from './describe.ts';
import { Errors } from './errors.ts';
import { EventLoop } from './event-loop.ts';
import { type Form, type Frame, formOf, type NativeInfo, nativeOf } from './forms.ts';
import type { Realm } from './realm.ts';
import { Recent } from './recent.ts';
import type { ShownFrames } from './shown-frame.ts';
import { UNWIND } from './signals.ts';
import { runToCompletion } from './thread-stack.ts';
import { Walks } from './walks.ts';

/** Calls nested on the native stack before the runtime moves them to the thread's own frames. */
export const NATIVE_DEPTH = 200;

/** What a leaf costs besides its accesses, and more. */
const LEAF_TICKS = 64;
/** After plain functions failed again and again, so many calls at most do without one. */
const MAX_BACKOFF = 4096;
/** After a plain function ran out of native stack, so many calls do: running out of it once more takes a browser half a second. */
const CALLS_AFTER_OVERFLOW = 65_536;

/** `next` of the generators that activations are: looking it up on each would meet as many kinds of object as there are functions. */
export const next = (Object.getPrototypeOf(function* () {}) as { prototype: Frame }).prototype.next;

/** What one site called last: a reader's function and its form, or a built-in that needs no more than being called, and null. */
export class CallCache {
  f: unknown = null;
  form: Form | null = null;
  /** See {@link Form}. */
  leaf: Function | null = null;
  accesses = 0;
  /** See {@link NativeInfo}. */
  tail: NativeInfo['tail'] | null = null;
}

/** Globals a snippet sees, by name. */
export type Globals = Record<string, unknown>;

/** The runtime of one process. */
export class Runtime {
  readonly host: Host;
  readonly fuel: Int32Array;
  readonly addresses: Addresses;
  /** Frames that suspended in the current resume, innermost first, and the site each stands at. */
  readonly pending: Frame[] = [];
  readonly pendingSites: number[] = [];
  /** Calls nested on the native stack now, and how many may be. */
  nest = 0;
  limit = NATIVE_DEPTH;
  /** True where a call was put off only because the native stack is deep enough. */
  spilled = false;
  /** Frames of the running thread that are not nested on the native stack. */
  depth = 0;
  /** Depth of regions that run as one step: above zero nothing may block. */
  step = 0;
  /** The host's clock before the plain function under way was first given more fuel. */
  private mark: object | null = null;
  /** Calls of plain functions still to be made in their suspendable form. */
  private skipped = 0;
  private backoff = 1;
  /** Operand of the signal being passed (`await`, `yield`). */
  out: unknown;
  /** In a program compiled with `locals`. */
  shownFrames: ShownFrames | null = null;
  /** Address of the access the running thread last suspended in front of, 0 if it was no access. */
  access = 0;

  /** Sites may call built-ins they remember without asking: the host does not want to hear of calls. */
  readonly remembers: boolean;
  readonly realm: Realm;
  readonly program: Program | null;
  readonly errors: Errors;
  /** Site of the last call: where the running thread is, for whoever wants to know. */
  site = -1;
  /** Where the suspended frames of the running thread stand, innermost last; the last of them runs. */
  sites: readonly number[] = [];
  #loop: EventLoop | null = null;

  constructor(host: Host, realm: Realm, marks?: Marks, program: Program | null = null) {
    this.host = host;
    this.realm = realm;
    this.program = program;
    this.errors = new Errors(program);
    this.remembers = host.calls === undefined;
    this.fuel = host.fuel;
    this.addresses = new Addresses(host, marks);
  }

  /** The process's event loop. */
  get loop(): EventLoop {
    this.#loop ??= new EventLoop(this.host);
    return this.#loop;
  }

  /** Enter a new activation. Returns its value, SUSPENDED, or a Signal for a bridge. */
  run(frame: Frame): unknown {
    if (this.nest >= this.limit) return this.spill(frame);
    this.nest++;
    const result = next.call(frame, undefined);
    this.nest--;
    return result.done ? result.value : this.left(frame, result.value);
  }

  /** Go on with an activation that gave a signal. As `run` otherwise. */
  enter(frame: Frame, value: unknown): unknown {
    this.nest++;
    const result = next.call(frame, value);
    this.nest--;
    return result.done ? result.value : this.left(frame, result.value);
  }

  /** Throw into an activation that gave a signal. As `run` otherwise. */
  enterThrow(frame: Frame, error: unknown): unknown {
    this.nest++;
    const result = frame.throw(error);
    this.nest--;
    return result.done ? result.value : this.left(frame, result.value);
  }

  /** Make an activation that gave a signal return (running its `finally` blocks). As `run` otherwise. */
  enterReturn(frame: Frame, value: unknown): unknown {
    this.nest++;
    this.out = value;
    const result = frame.return(value);
    this.nest--;
    return result.done ? result.value : this.left(frame, result.value);
  }

  /**
   * What was just called suspended: let `after` (a generator that first yields, to be given the result) run when it
   * is done, in front of the caller. Returns SUSPENDED.
   */
  afterwards(after: Frame): typeof SUSPENDED {
    after.next();
    this.pending.push(after);
    this.pendingSites.push(-1);
    return SUSPENDED;
  }

  private left(frame: Frame, value: unknown): unknown {
    if (typeof value === 'object') return value;
    this.pending.push(frame);
    this.pendingSites.push(value === undefined ? -1 : (value as number));
    return SUSPENDED;
  }

  private spill(frame: Frame): unknown {
    this.spilled = true;
    this.pending.push(frame);
    this.pendingSites.push(-1);
    return SUSPENDED;
  }

  /** An error was caught, or made by the reader: from now on it shows the reader's frames. */
  caught(error: unknown, isReaders = false, traced?: Error): void {
    this.errors.note(error, this.sites, 1, isReaders, traced);
  }

  /** The fuel lasts for a leaf with so many accesses, which can then be called; `nest` is the caller's to count. */
  lasts(accesses: number): boolean {
    const { fuel } = this;
    const most = accesses * (fuel[FUEL.hitTicks] as number) + LEAF_TICKS;
    return (fuel[0] as number) > most + (fuel[FUEL.floor] as number) && this.nest < this.limit;
  }

  /** A site calls a function that it did not call last time. */
  learn(cache: CallCache, f: unknown): void {
    const form = this.formOf(f);
    const tail = form === undefined ? this.tailOf(f) : null;
    if (form === undefined && tail === null && !this.isDirect(f)) return;
    cache.f = f;
    cache.tail = tail;
    cache.form = form ?? null;
    cache.leaf = form?.leaf ?? null;
    cache.accesses = form?.accesses ?? 0;
  }

  /** How a built-in is called that the runtime guards, where there is no more to calling it. */
  private tailOf(f: unknown): NativeInfo['tail'] | null {
    const info = this.remembers && typeof f === 'function' ? this.nativeOf(f) : undefined;
    return info === undefined || info.kernel || info.plain !== undefined ? null : (info.tail ?? null);
  }

  private readonly forms = new Recent<Form | null>();
  private readonly natives = new Recent<NativeInfo | null>();

  private formOf(f: unknown): Form | undefined {
    if (typeof f !== 'function') return undefined;
    let form = this.forms.find(f);
    if (form === undefined) form = this.forms.learn(f, formOf(f) ?? null);
    return form ?? undefined;
  }

  private nativeOf(f: Function): NativeInfo | undefined {
    let info = this.natives.find(f);
    if (info === undefined) info = this.natives.learn(f, nativeOf(f) ?? null);
    return info ?? undefined;
  }

  /** Call any value. Returns the result or SUSPENDED. Throws what the callee throws. */
  call(f: unknown, self: unknown, ...args: unknown[]): unknown {
    return this.apply(f, self, args);
  }

  call0(f: unknown, self: unknown): unknown {
    const form = this.formOf(f);
    return form === undefined ? this.native(f, self, []) : this.run((form as Function).call(self));
  }

  call1(f: unknown, self: unknown, a: unknown): unknown {
    const form = this.formOf(f);
    return form === undefined ? this.native(f, self, [a]) : this.run((form as Function).call(self, a));
  }

  call2(f: unknown, self: unknown, a: unknown, b: unknown): unknown {
    const form = this.formOf(f);
    return form === undefined ? this.native(f, self, [a, b]) : this.run((form as Function).call(self, a, b));
  }

  call3(f: unknown, self: unknown, a: unknown, b: unknown, c: unknown): unknown {
    const form = this.formOf(f);
    return form === undefined
      ? this.native(f, self, [a, b, c])
      : this.run((form as Function).call(self, a, b, c));
  }

  /** Call any value with a list of arguments. Returns the result or SUSPENDED. */
  apply(f: unknown, self: unknown, args: readonly unknown[]): unknown {
    const form = this.formOf(f);
    return form === undefined
      ? this.native(f, self, args)
      : this.run(Reflect.apply(form as Function, self, args) as Frame);
  }

  /** `new f(...args)`. Returns the object or SUSPENDED. */
  construct(f: unknown, args: readonly unknown[], newTarget: unknown = f): unknown {
    return constructWith(this, f, args, newTarget);
  }

  /** Has a routine of the engine's own to stop in front of the element it is about to load? A host that places properties wants to hear of each. */
  standsBefore(target: object, index: number, site: number): boolean {
    const { addresses, host } = this;
    if (host.place === undefined || this.step > 0) return false;
    this.access = addresses.touch(addresses.element(target, index), site);
    return this.access !== 0;
  }

  /** The same of the length of an array, or the size of a map or set, that others may change. */
  standsBeforeEnd(target: object, site: number): boolean {
    const { addresses, host } = this;
    if (host.place === undefined || this.step > 0) return false;
    const isCollection = target instanceof Map || target instanceof Set;
    const end = Array.isArray(target) ? addresses.end(target) : isCollection ? addresses.size(target) : 0;
    this.access = addresses.touch(end, site);
    return this.access !== 0;
  }

  /** A value that such a routine has loaded, as a watched program shows it. */
  hasLoaded(value: unknown): unknown {
    return this.host.place === undefined || this.host.loaded === undefined ? value : this.host.loaded(value);
  }

  /** Whether calling a function needs no more than calling it: a built-in that is nothing special. */
  isDirect(f: unknown): boolean {
    return (
      this.remembers &&
      typeof f === 'function' &&
      this.formOf(f) === undefined &&
      this.nativeOf(f) === undefined
    );
  }

  /** Call a function that has no reader's form. */
  native(f: unknown, self: unknown, args: readonly unknown[]): unknown {
    if (typeof f !== 'function') throw new TypeError(`${describe(f)} is not a function`);
    const info = this.nativeOf(f);
    if (this.host.calls !== undefined) return this.announced(f, info, self, args);
    if (info !== undefined) return this.special(f, info, self, args);
    return this.direct(f, self, args);
  }

  /** The same where the host wants to hear of it. */
  private announced(f: Function, info: NativeInfo | undefined, self: unknown, args: readonly unknown[]) {
    const answer = this.announce(f, self, args, info !== undefined);
    if (answer === SUSPENDED) return SUSPENDED;
    return answer === LOOK ? this.callLater(f, info, self, args) : this.bearResult(f, info, self, args);
  }

  private callLater(f: Function, info: NativeInfo | undefined, self: unknown, args: readonly unknown[]) {
    return this.afterwards(callAfter(() => this.bearResult(f, info, self, args)));
  }

  /** Tells the host of a call, where it wants to hear of calls. See `Host.calls`. */
  announce(f: Function, self: unknown, args: readonly unknown[], goesByItself: boolean): unknown {
    const answer = this.host.calls?.(f, self, args, goesByItself);
    return this.step === 0 ? answer : undefined;
  }

  /** What iterators walk over, where the host hears of calls. */
  readonly walks = new Walks();

  /** Call a built-in; what it makes gets its address. */
  private bearResult(f: Function, info: NativeInfo | undefined, self: unknown, args: readonly unknown[]) {
    const result = info === undefined ? this.direct(f, self, args) : this.special(f, info, self, args);
    this.walks.note(f, self, result);
    if (result !== SUSPENDED) return this.addresses.bornWhole(result);
    // Whether it had to wait must make no difference to the addresses.
    return info === undefined || info.kernel === true ? result : this.afterwards(bearAfter(this.addresses));
  }

  private special(f: Function, info: NativeInfo, self: unknown, args: readonly unknown[]): unknown {
    if (info.kernel) return Reflect.apply(f, self, args);
    if (info.plain !== undefined) return this.plain(f, info.plain, self, args);
    if (info.tail !== undefined) return info.tail(this, self, args);
    if (info.form !== undefined) return this.run(info.form(this, self, args));
    return this.direct(f, self, args);
  }

  /** Call a function natively, as one step. */
  direct(f: Function, self: unknown, args: readonly unknown[]): unknown {
    this.step++;
    try {
      return Reflect.apply(f, self, args);
    } finally {
      this.step--;
    }
  }

  /**
   * Call a function natively, as one step, if it calls nothing of the reader's: else null, before any of that has run. Null too where it fails: the engine's own
   * way of doing it has errors that name the reader's classes.
   */
  attempt(f: Function, self: unknown, args: readonly unknown[]): { readonly result: unknown } | null {
    this.isAttempt = true;
    try {
      return { result: this.direct(f, self, args) };
    } catch (error) {
      if (error === UNWIND || error instanceof TypeError) return null;
      throw error;
    } finally {
      this.isAttempt = false;
    }
  }
  private isAttempt = false;

  /** Construct natively, as one step. */
  directConstruct(f: Function, args: readonly unknown[], newTarget: Function): object {
    this.step++;
    try {
      return Reflect.construct(f, args, newTarget);
    } finally {
      this.step--;
    }
  }

  /**
   * Call a function compiled plain. Out of fuel (or of native stack), it unwinds; what it spent is given back and
   * its suspendable form runs instead. It has no effects, so nothing happens twice. Its arguments must be primitive
   * values, whose conversions cannot run the reader's code.
   */
  plain(f: Function, form: Form, self: unknown, args: readonly unknown[]): unknown {
    if (this.skipped > 0 || !allPrimitive(args)) {
      if (this.skipped > 0) this.skipped--;
      return this.run(Reflect.apply(form as Function, self, args) as Frame);
    }
    const fuel = this.fuel[0] as number;
    this.mark = null;
    try {
      const result = Reflect.apply(f, self, args);
      this.backoff = 1;
      return result;
    } catch (error) {
      if (error !== UNWIND && !(error instanceof RangeError)) throw error;
      // Deep recursion would fail at every level again: try less and less often until one succeeds.
      this.backoff = Math.min(this.backoff * 2, MAX_BACKOFF);
      this.skipped = error === UNWIND ? this.backoff : CALLS_AFTER_OVERFLOW;
      // How deep the native stack is must not be seen in virtual time: all that was paid is given back.
      if (this.mark !== null) this.host.restore?.(this.mark);
      this.fuel[0] = fuel;
      return this.run(Reflect.apply(form as Function, self, args) as Frame);
    }
  }

  /** A plain function found the fuel spent: refill and go on, or unwind. */
  refuel(): void {
    this.mark ??= this.host.mark?.() ?? null;
    if (!this.host.refuel() && this.step === 0) throw UNWIND;
  }

  /** Run a form to its end at once, for native code that called the reader's function: one step. */
  oneStep(form: Form, self: unknown, args: ArrayLike<unknown>): unknown {
    return this.complete(Reflect.apply(form as Function, self, args) as Frame);
  }

  /** Run an activation to its end at once. */
  complete(frame: Frame): unknown {
    if (this.isAttempt) throw UNWIND;
    return runToCompletion(this, frame);
  }
}

function allPrimitive(args: readonly unknown[]): boolean {
  for (let i = 0; i < args.length; i++) {
    const value = args[i];
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') return false;
  }
  return true;
}
