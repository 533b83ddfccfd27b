/** Making the reader's functions: a native function object with the suspendable form hidden on it. */

import { SUSPENDED } from '../host.ts';
import { startAsync } from './async-function.ts';
import { makeAsyncGenerator } from './async-generator.ts';
import { type Form, type Frame, putForm, putNative } from './forms.ts';
import { makeGenerator } from './generator-object.ts';
import type { FunctionCode } from './load.ts';
import type { Runtime } from './runtime.ts';

/** Makes a form once the function object that it mentions is there. */
export type CloseForm = (self: Function) => Form;

/** An ordinary function, arrow or method. */
export function makeFunction(rt: Runtime, code: FunctionCode, form: Form): Function {
  const fn = code.make(rt, form);
  putForm(fn, form, code);
  return fn;
}

/** A function compiled plain is its own native function; its form is kept for when it runs out of fuel. */
export function makePlainFunction(_rt: Runtime, code: FunctionCode, fn: Function, form: Form): Function {
  putNative(fn, { plain: form, code });
  return fn;
}

/** A function expression whose body mentions its own name. */
export function makeSelfFunction(
  rt: Runtime,
  code: FunctionCode,
  close: CloseForm,
  make: (rt: Runtime, code: FunctionCode, form: Form) => Function,
): Function {
  let form: Form | undefined;
  const fn = make(rt, code, function (this: unknown, ...args: never[]): Frame {
    return Reflect.apply(form as Form, this, args);
  } as Form);
  form = close(fn);
  return fn;
}

/** An async function: a call runs the body up to its first `await` and gives a promise. */
export function makeAsyncFunction(rt: Runtime, code: FunctionCode, body: Form): Function {
  const form = function (this: unknown, ...args: never[]): Frame {
    return startAsync(rt, Reflect.apply(body, this, args));
  };
  const fn = makeFunction(rt, code, form);
  Object.setPrototypeOf(fn, rt.realm.intrinsics.AsyncFunctionPrototype);
  return fn;
}

/** A generator function. `early`: the body evaluates its parameters before it first yields. */
export function makeGeneratorFunction(rt: Runtime, code: FunctionCode, body: Form, early = false): Function {
  return makeAnyGenerator(rt, code, body, early, false);
}

/** An async generator function. */
export function makeAsyncGeneratorFunction(
  rt: Runtime,
  code: FunctionCode,
  body: Form,
  early = false,
): Function {
  return makeAnyGenerator(rt, code, body, early, true);
}

function makeAnyGenerator(
  rt: Runtime,
  code: FunctionCode,
  body: Form,
  early: boolean,
  asynchronous: boolean,
): Function {
  const make = asynchronous ? makeAsyncGenerator : makeGenerator;
  const form = function (this: unknown, ...args: never[]): Frame {
    const frame = Reflect.apply(body, this, args);
    return start(rt, frame, early, () => make(rt, frame, fn.prototype, early));
  };
  const fn = makeFunction(rt, code, form);
  const { intrinsics } = rt.realm;
  Object.setPrototypeOf(
    fn,
    asynchronous ? intrinsics.AsyncGeneratorFunctionPrototype : intrinsics.GeneratorFunctionPrototype,
  );
  const value = Object.create(
    asynchronous ? intrinsics.AsyncGeneratorPrototype : intrinsics.GeneratorPrototype,
  ) as object;
  Object.defineProperty(fn, 'prototype', { value, writable: true });
  return fn;
}

function* start(rt: Runtime, frame: Frame, early: boolean, make: () => object): Frame {
  if (early && rt.run(frame) === SUSPENDED) yield;
  return make();
}

/** Name a function that was made without one, as a property of that key is named. */
export function nameFunction(fn: Function, key: PropertyKey): Function {
  Object.defineProperty(fn, 'name', { value: nameOfKey(key), configurable: true });
  return fn;
}

/** The name a function takes from a property key. */
export function nameOfKey(key: PropertyKey): string {
  if (typeof key !== 'symbol') return String(key);
  return key.description === undefined ? '' : `[${key.description}]`;
}
