/** The realm's `Promise`, by the specification, its jobs on the process's own event loop. */
import { SUSPENDED } from '../host.ts';
import {
  addMethods,
  anonymous,
  isConstructor,
  isObject,
  speciesConstructor,
  suspendable,
} from './builtin.ts';
import { describe } from './describe.ts';
import { defineSuspendableConstructor, type Frame, type NativeForm } from './forms.ts';
import { addCombinators } from './promise-combinators.ts';
import {
  type Awaiter,
  addReaction,
  type Capability,
  PromiseState,
  promiseStateOf,
  putPromiseState,
  resolvingFunctions,
} from './promise-state.ts';
import type { Realm } from './realm.ts';
import type { Runtime } from './runtime.ts';

/** `Promise` and what the engine itself does with promises. */
export interface PromiseIntrinsics {
  readonly Promise: Function;
  /** A new promise of the realm's own class with the functions that settle it. */
  capability(rt: Runtime): Capability;
  /** `await value`: `awaiter` goes on in a later microtask. Throws what reading `value.constructor` throws. */
  await(rt: Runtime, value: unknown, awaiter: Awaiter): void;
  /** `NewPromiseCapability(C)`; returns a {@link Capability}. */
  newCapability(rt: Runtime, constructor: unknown): Frame;
  /** `PromiseResolve(C, value)`. */
  resolve(rt: Runtime, constructor: unknown, value: unknown): Frame;
}

/** Make the `Promise` of a realm. */
export function createPromise(realm: Realm): PromiseIntrinsics {
  const Promise = function Promise(this: unknown, executor: unknown): object {
    if (!new.target) throw new TypeError("Promise constructor cannot be invoked without 'new'");
    return realm.oneStep((rt) => construct(rt, [executor], new.target)) as object;
  };
  const prototype = Promise.prototype as object;
  Object.defineProperty(Promise, 'prototype', { writable: false });
  Object.defineProperty(prototype, Symbol.toStringTag, { value: 'Promise', configurable: true });
  const species = Object.getOwnPropertyDescriptor(Array, Symbol.species) as PropertyDescriptor;
  Object.defineProperty(Promise, Symbol.species, species);

  function make(rt: Runtime, proto: object): { promise: object; state: PromiseState } {
    const promise = Object.create(proto) as object;
    const state = new PromiseState(rt.loop);
    putPromiseState(promise, state);
    return { promise, state };
  }

  function* construct(rt: Runtime, { 0: executor }: readonly unknown[], newTarget: Function): Frame {
    if (typeof executor !== 'function')
      throw new TypeError(`Promise resolver ${describe(executor)} is not a function`);
    const proto: unknown = newTarget.prototype;
    const { promise, state } = make(rt, isObject(proto) ? proto : prototype);
    const settlers = resolvingFunctions(promise, state);
    try {
      if (rt.call2(executor, undefined, settlers.resolve, settlers.reject) === SUSPENDED) yield;
    } catch (error) {
      rt.caught(error);
      settlers.reject(error);
    }
    return promise;
  }
  defineSuspendableConstructor(Promise, construct);

  function capability(rt: Runtime): Capability {
    const { promise, state } = make(rt, prototype);
    return { promise, ...resolvingFunctions(promise, state) };
  }

  function* newCapability(rt: Runtime, constructor: unknown): Frame {
    if (constructor === Promise) return capability(rt);
    if (!isConstructor(constructor)) throw new TypeError(`${describe(constructor)} is not a constructor`);
    let resolve: unknown;
    let reject: unknown;
    const executor = anonymous((onResolve: unknown, onReject: unknown) => {
      if (resolve !== undefined || reject !== undefined)
        throw new TypeError('Promise executor has already been invoked with non-undefined arguments');
      resolve = onResolve;
      reject = onReject;
    });
    let promise = rt.construct(constructor, [executor], constructor);
    if (promise === SUSPENDED) promise = yield;
    if (typeof resolve !== 'function' || typeof reject !== 'function')
      throw new TypeError('Promise resolve or reject function is not callable');
    return { promise, resolve, reject };
  }

  function* resolve(rt: Runtime, constructor: unknown, value: unknown): Frame {
    if (promiseStateOf(value) && (value as object).constructor === constructor) return value;
    const made = (yield* newCapability(rt, constructor)) as Capability;
    if (rt.call1(made.resolve, undefined, value) === SUSPENDED) yield;
    return made.promise;
  }

  const intrinsics: PromiseIntrinsics = {
    Promise,
    capability,
    newCapability,
    resolve,
    await(rt, value, awaiter) {
      let state = promiseStateOf(value);
      if (!state || (value as object).constructor !== Promise) {
        const made = capability(rt);
        made.resolve(value);
        state = promiseStateOf(made.promise) as PromiseState;
      }
      addReaction(state, { awaiter, site: rt.site });
    },
  };

  addMethods(realm, prototype, prototypeMethods(realm, intrinsics));
  addMethods(realm, Promise, staticMethods(intrinsics));
  addCombinators(realm, intrinsics);
  return intrinsics;
}

type Methods = Record<string, readonly [number, NativeForm]>;

function prototypeMethods(realm: Realm, promises: PromiseIntrinsics): Methods {
  return {
    // biome-ignore lint/suspicious/noThenProperty: this is the definition of Promise.prototype.then
    then: [
      2,
      function* (rt, self, { 0: onFulfilled, 1: onRejected }) {
        const state = promiseStateOf(self);
        if (!state)
          throw new TypeError(
            `Method Promise.prototype.then called on incompatible receiver ${describe(self)}`,
          );
        const constructor = speciesConstructor(self as object, promises.Promise);
        const capability = (yield* promises.newCapability(rt, constructor)) as Capability;
        addReaction(state, { awaiter: null, onFulfilled, onRejected, capability });
        return capability.promise;
      },
    ],
    catch: [
      1,
      function* (rt, self, { 0: onRejected }) {
        let result = rt.call2((self as PromiseLike<unknown>).then, self, undefined, onRejected);
        if (result === SUSPENDED) result = yield;
        return result;
      },
    ],
    finally: [
      1,
      function* (rt, self, { 0: onFinally }) {
        if (!isObject(self)) throw new TypeError('Promise.prototype.finally called on a non-object');
        const constructor = speciesConstructor(self, promises.Promise);
        const pass =
          typeof onFinally === 'function' ? finallyFunctions(realm, promises, constructor, onFinally) : null;
        const then = (self as PromiseLike<unknown>).then;
        let result = rt.call2(then, self, pass ? pass[0] : onFinally, pass ? pass[1] : onFinally);
        if (result === SUSPENDED) result = yield;
        return result;
      },
    ],
  };
}

/** The two reactions of `finally`: call, wait for what it returns, then pass on the value or the error. */
function finallyFunctions(
  realm: Realm,
  promises: PromiseIntrinsics,
  constructor: Function,
  onFinally: Function,
) {
  const reaction = (last: (value: unknown) => () => unknown) =>
    suspendable(realm, 1, function* (rt, _self, { 0: value }) {
      let result = rt.call0(onFinally, undefined);
      if (result === SUSPENDED) result = yield;
      const promise = (yield* promises.resolve(rt, constructor, result)) as PromiseLike<unknown>;
      let next = rt.call1(promise.then, promise, last(value));
      if (next === SUSPENDED) next = yield;
      return next;
    });
  const passValue = reaction((value) => anonymous(() => value));
  const passError = reaction((reason) =>
    anonymous(() => {
      throw reason;
    }),
  );
  return [passValue, passError] as const;
}

function staticMethods(promises: PromiseIntrinsics): Methods {
  return {
    resolve: [
      1,
      function* (rt, self, { 0: value }) {
        if (!isObject(self)) throw new TypeError('PromiseResolve called on non-object');
        return yield* promises.resolve(rt, self, value);
      },
    ],
    reject: [
      1,
      function* (rt, self, { 0: reason }) {
        const capability = (yield* promises.newCapability(rt, self)) as Capability;
        if (rt.call1(capability.reject, undefined, reason) === SUSPENDED) yield;
        return capability.promise;
      },
    ],
    withResolvers: [
      0,
      function* (rt, self) {
        const { promise, resolve, reject } = (yield* promises.newCapability(rt, self)) as Capability;
        return { promise, resolve, reject };
      },
    ],
    try: [
      1,
      function* (rt, self, args) {
        if (!isObject(self)) throw new TypeError('Promise.try called on non-object');
        const capability = (yield* promises.newCapability(rt, self)) as Capability;
        let settler = capability.resolve;
        let value: unknown;
        try {
          value = rt.apply(args[0], undefined, args.slice(1));
          if (value === SUSPENDED) value = yield;
        } catch (error) {
          value = error;
          settler = capability.reject;
        }
        if (rt.call1(settler, undefined, value) === SUSPENDED) yield;
        return capability.promise;
      },
    ],
  };
}
