/** Making the reader's classes, and what their constructors and members do. */
import { Construction, isObject } from './construct.ts';
import { type Form, putConstructor, putNative } from './forms.ts';
import { nameFunction, nameOfKey } from './function-object.ts';
import type { FunctionCode } from './load.ts';
import type { Runtime } from './runtime.ts';

/** Make a class around its constructor's form. */
export function makeClass(
  rt: Runtime,
  code: FunctionCode,
  form: Form,
  name: string,
  derived: boolean,
  target: boolean,
  heritage?: unknown,
): Function {
  const made = (code.make as (rt: Runtime, form: Form, heritage: unknown) => Function)(rt, form, heritage);
  nameFunction(made, name);
  putConstructor(made, { form, derived, target, code });
  putNative(made, {
    tail() {
      throw new TypeError(`Class constructor ${name} cannot be invoked without 'new'`);
    },
  });
  return rt.addresses.born(made);
}

/** Define a method as classes have theirs. */
export function defineMethod(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, configurable: true });
}

/** Define one half of an accessor; returns the function. */
export function defineAccessor(
  target: object,
  key: PropertyKey,
  kind: 'get' | 'set',
  holder: object,
): Function {
  const half = Object.getOwnPropertyDescriptor(holder, 'x')?.[kind] as Function;
  nameFunction(half, `${kind} ${nameOfKey(key)}`);
  defineHalf(target, key, kind, half);
  return half;
}

/** Define one half of an accessor as a function that has its name already. */
export function defineHalf(target: object, key: PropertyKey, kind: 'get' | 'set', half: unknown): void {
  Object.defineProperty(target, key, { [kind]: half, configurable: true, enumerable: false });
}

/** The helper of a private name. */
export interface PrivateName {
  get(object: unknown): unknown;
  set(object: unknown, value: unknown): unknown;
}

/** `accessor x`: a getter and a setter over private storage; returns the two. */
export function defineStored(target: object, key: PropertyKey, storage: PrivateName): object {
  const pair = accessorPair(storage);
  nameFunction(pair.get, `get ${nameOfKey(key)}`);
  nameFunction(pair.set, `set ${nameOfKey(key)}`);
  definePair(target, key, pair);
  return pair;
}

/** Define both halves of an accessor. */
export function definePair(
  target: object,
  key: PropertyKey,
  { get, set }: { get: unknown; set: unknown },
): void {
  Object.defineProperty(target, key, {
    get,
    set,
    configurable: true,
    enumerable: false,
  } as PropertyDescriptor);
}

/** The two functions of an auto-accessor. */
export function accessorPair(storage: PrivateName): { get: () => unknown; set: (value: unknown) => void } {
  const pair = {
    get(this: unknown): unknown {
      return storage.get(this);
    },
    set(this: unknown, value: unknown): void {
      storage.set(this, value);
    },
  };
  return pair;
}

/** `this` of a constructor: ReferenceError before `super` was called. */
export function boundThis(self: unknown): unknown {
  if (self === undefined)
    throw new ReferenceError(
      `Must call super constructor in derived class before accessing 'this' or returning from derived constructor`,
    );
  return self;
}

/** `super()` gave an object: it is `this` from now on. */
export function bindThis(self: unknown, made: unknown): unknown {
  if (self !== undefined) throw new ReferenceError('Super constructor may only be called once');
  return made;
}

/** What a constructor that returns a value makes. */
export function constructed(value: unknown, self: unknown, derived: boolean): unknown {
  if (isObject(value)) return value;
  if (derived && value !== undefined)
    throw new TypeError('Derived constructors may only return object or undefined');
  return derived ? boundThis(self) : self;
}

/** The constructor that `super()` calls. */
export function parentOf(constructor: Function): unknown {
  const parent = Object.getPrototypeOf(constructor) as unknown;
  if (parent === Function.prototype)
    throw new TypeError(
      `Super constructor null of ${constructor.name || 'anonymous class'} is not a constructor`,
    );
  return parent;
}

/** `super.x` where the home object is `home`. */
export function superGet(home: object, key: PropertyKey, self: unknown): unknown {
  const parent = Object.getPrototypeOf(home) as object | null;
  if (parent === null) throw new TypeError(`Cannot read properties of null (reading '${String(key)}')`);
  return isObject(self) ? Reflect.get(parent, key, self) : getFrom(parent, key, self);
}

function getFrom(parent: object, key: PropertyKey, self: unknown): unknown {
  for (let object: object | null = parent; object !== null; object = Object.getPrototypeOf(object)) {
    const found = Object.getOwnPropertyDescriptor(object, key);
    if (found !== undefined)
      return found.get === undefined ? found.value : Reflect.apply(found.get, self, []);
  }
  return undefined;
}

/** `super.x = value`. */
export function superSet(home: object, key: PropertyKey, self: unknown, value: unknown): unknown {
  const parent = Object.getPrototypeOf(home) as object | null;
  if (parent === null) throw new TypeError(`Cannot set properties of null (setting '${String(key)}')`);
  if (!Reflect.set(parent, key, value, self))
    throw new TypeError(`Cannot assign to read only property '${String(key)}' of object`);
  return value;
}

/** What is `this` where a form was given a Construction. */
export const thisOf = (self: unknown): unknown => (self instanceof Construction ? self.object : self);
/** `new.target` of a form. */
export const newTargetOf = (self: unknown): unknown =>
  self instanceof Construction ? self.newTarget : undefined;
