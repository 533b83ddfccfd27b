/**
 * Hidden marks on function objects. A reader's function is an ordinary native function that carries its
 * suspendable **form**; a built-in or library function may carry a {@link NativeForm}. The marks are private
 * fields put on by a constructor that returns its argument: reflection cannot see them, frozen objects take them.
 */
import { Identity } from './identity.ts';
import type { Runtime } from './runtime.ts';

/** A suspended or running activation. Yields a site number (or nothing) to suspend, a Signal to its bridge. */
// biome-ignore lint/suspicious/noExplicitAny: what a frame is resumed with depends on what it waits for
export type Frame = Generator<unknown, unknown, any>;

/** The suspendable form of a reader's function: called with the same `this` and arguments. */
export interface Form {
  (this: unknown, ...args: never[]): Frame;
  /** The same as a native function, to be called while the fuel lasts for so many accesses. It does nothing and says so where they are not known hits. */
  leaf?: Function;
  accesses?: number;
}

/**
 * The suspendable form of a native function. Inside, reader code is called by
 * `let r = rt.call(f, thisArg, a, b); if (r === SUSPENDED) r = yield;`.
 */
export type NativeForm = (rt: Runtime, self: unknown, args: readonly unknown[]) => Frame;

/** The suspendable form of `new F(...args)` for a native constructor; returns the new object. */
export type NativeConstructor = (rt: Runtime, args: readonly unknown[], newTarget: Function) => Frame;

/** What the runtime knows about a function that is not a reader's generator form. */
export interface NativeInfo {
  /** Runs instead of the function when compiled code calls it. */
  form?: NativeForm;
  /** Runs instead of `new F()` when compiled code constructs it. */
  construct?: NativeConstructor;
  /** Whether it has to, for such arguments; left out: always. */
  constructs?: (args: readonly unknown[], newTarget: Function) => boolean;
  /** Runs instead of the function, where nothing is left to do after the call it makes: gives its result or SUSPENDED. */
  tail?: (rt: Runtime, self: unknown, args: readonly unknown[]) => unknown;
  /** A kernel call: may return SUSPENDED, is not wrapped in a one-step region. */
  kernel?: boolean;
  /** The form of a function compiled plain; used when the plain one runs out of fuel. */
  plain?: Form;
  /** Identifies the reader's function (see `putForm`). */
  code?: object;
}

/** What a class constructor or a function that reads `new.target` needs to be constructed suspendably. */
export interface ConstructorInfo {
  readonly form: Form;
  /** Derived constructors make `this` by calling `super`. */
  readonly derived: boolean;
  /** The form takes a Construction as `this`, because it reads `new.target`. Derived ones always do. */
  readonly target: boolean;
  /** Identifies the class in its program. */
  readonly code: object;
}

class FormMark extends Identity {
  #form: Form;
  #code: object;
  private constructor(target: object, form: Form, code: object) {
    super(target);
    this.#form = form;
    this.#code = code;
  }
  static put(target: object, form: Form, code: object): void {
    new FormMark(target, form, code);
  }
  static get(target: unknown): Form | undefined {
    return typeof target === 'function' && #form in target ? (target as FormMark).#form : undefined;
  }
  static code(target: unknown): object | undefined {
    return typeof target === 'function' && #code in target ? (target as FormMark).#code : undefined;
  }
}

class NativeMark extends Identity {
  #info: NativeInfo;
  private constructor(target: object, info: NativeInfo) {
    super(target);
    this.#info = info;
  }
  static put(target: object, info: NativeInfo): void {
    if (#info in target) Object.assign((target as NativeMark).#info, info);
    else new NativeMark(target, { ...info });
  }
  static get(target: object): NativeInfo | undefined {
    return #info in target ? (target as NativeMark).#info : undefined;
  }
}

class ConstructorMark extends Identity {
  #info: ConstructorInfo;
  private constructor(target: object, info: ConstructorInfo) {
    super(target);
    this.#info = info;
  }
  static put(target: object, info: ConstructorInfo): void {
    new ConstructorMark(target, info);
  }
  static get(target: object): ConstructorInfo | undefined {
    return #info in target ? (target as ConstructorMark).#info : undefined;
  }
}

/** Put a reader's function's form on it; `code` identifies the function in its program. */
export const putForm = FormMark.put;
/** The form of a reader's function, or undefined. */
export const formOf = FormMark.get;
/** What `putForm` was given as `code`, or undefined. */
export const codeOf = FormMark.code;
/** Tell the runtime about a native function; adds to what was told before. */
export const putNative = NativeMark.put;
/** What the runtime was told about a native function. */
export const nativeOf = NativeMark.get;
/** Make a constructor suspendable. */
export const putConstructor = ConstructorMark.put;
/** How to construct suspendably, or undefined. */
export const constructorOf = ConstructorMark.get;

/** Give a native function a suspendable form; its identity, name and length stay. Returns the function. */
export function defineSuspendable<F extends Function>(fn: F, form: NativeForm): F {
  putNative(fn, { form });
  return fn;
}

/** Give a native constructor a suspendable `new`. Returns the function. */
export function defineSuspendableConstructor<F extends Function>(fn: F, construct: NativeConstructor): F {
  putNative(fn, { construct });
  return fn;
}

/**
 * Mark a library function as a kernel call: it may return SUSPENDED after telling the kernel to block the
 * running thread, provided `Instance.canSuspend` is true; else it must throw. Returns the function.
 */
export function defineKernelCall<F extends Function>(fn: F): F {
  putNative(fn, { kernel: true });
  return fn;
}
