/** How the runtime makes functions that look and behave like the language's own. */
import { defineSuspendable, type NativeForm } from './forms.ts';
import type { Realm } from './realm.ts';

/** An activation of the engine's own, used by `yield*`, that ends with a T. */
// biome-ignore lint/suspicious/noExplicitAny: what a frame is resumed with depends on what it waits for
export type Routine<T> = Generator<unknown, T, any>;

/** A function without a name, as the specification wants of the ones it hands out. */
export const anonymous = <F extends (...args: never[]) => unknown>(fn: F): F => fn;

/**
 * A built-in method: no `prototype`, no `new`, the given name and length. Compiled code runs `form`, so that
 * the reader's callbacks inside it can be suspended; native callers get the same thing in one step.
 */
export function method(realm: Realm, name: string | symbol, length: number, form: NativeForm): Function {
  const label = typeof name === 'symbol' ? `[${name.description}]` : name;
  const holder = {
    [label](this: unknown, ...args: unknown[]): unknown {
      return realm.oneStep((rt) => form(rt, this, args));
    },
  };
  const fn = holder[label] as Function;
  Object.defineProperty(fn, 'length', { value: length, configurable: true });
  return defineSuspendable(fn, form);
}

/** A built-in method that calls no code of the reader's. */
export function plainMethod(
  name: string,
  length: number,
  body: (self: unknown, args: readonly unknown[]) => unknown,
): Function {
  const fn = {
    [name](this: unknown, ...args: unknown[]): unknown {
      return body(this, args);
    },
  }[name] as Function;
  Object.defineProperty(fn, 'length', { value: length, configurable: true });
  return fn;
}

/** As {@link method}, for a function without a name that the specification hands out (a resolving function). */
export function suspendable(realm: Realm, length: number, form: NativeForm): Function {
  const fn = anonymous((...args: unknown[]) => realm.oneStep((rt) => form(rt, undefined, args)));
  Object.defineProperty(fn, 'length', { value: length, configurable: true });
  return defineSuspendable(fn, form);
}

/** Whether a value has properties of its own. */
export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Put methods on an object the way built-ins have theirs: writable, configurable, not enumerable. */
export function addMethods(
  realm: Realm,
  target: object,
  methods: Readonly<Record<string, readonly [length: number, form: NativeForm]>>,
): void {
  for (const [name, [length, form]] of Object.entries(methods))
    hide(target, name, method(realm, name, length, form));
}

/** Define a property as built-ins have theirs. */
export function hide(target: object, name: string | symbol, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

/** Whether a value can be constructed. Asks nothing of the value that it could notice. */
export function isConstructor(value: unknown): value is Function {
  if (typeof value !== 'function') return false;
  try {
    new (new Proxy(value, { construct: () => ({}) }) as unknown as new () => object)();
    return true;
  } catch {
    return false;
  }
}

/** The constructor that objects derived from `object` are made with. */
export function speciesConstructor(object: object, fallback: Function): Function {
  const owner = (object as { constructor: unknown }).constructor;
  if (owner === undefined) return fallback;
  if (!isObject(owner)) throw new TypeError('The .constructor property is not an object');
  const species = (owner as { [Symbol.species]: unknown })[Symbol.species];
  if (species === undefined || species === null) return fallback;
  if (isConstructor(species)) return species;
  throw new TypeError('object.constructor[Symbol.species] is not a constructor');
}
