/** `Promise.all`, `allSettled`, `any` and `race`: one walk over the iterable, four ways to answer. */
import { SUSPENDED } from '../host.ts';
import { addMethods, anonymous } from './builtin.ts';
import type { Frame, NativeForm } from './forms.ts';
import { closeIterator, getIterator, stepIterator } from './iterate.ts';
import type { PromiseIntrinsics } from './promise.ts';
import type { Capability } from './promise-state.ts';
import type { Realm } from './realm.ts';
import type { Runtime } from './runtime.ts';

/** What one combinator does with each promise: the pair of reactions for `then`. */
interface Combination {
  reactions(index: number): readonly [onFulfilled: unknown, onRejected: unknown];
  /** All promises have been asked; nothing else is to come. Returns what to settle with, or nothing yet. */
  finish(): { readonly settler: unknown; readonly value: unknown } | null;
}

/** Put the combinators on `Promise`. */
export function addCombinators(realm: Realm, promises: PromiseIntrinsics): void {
  addMethods(realm, promises.Promise, {
    all: [1, combinator(promises, all)],
    allSettled: [1, combinator(promises, allSettled)],
    any: [1, combinator(promises, any)],
    race: [1, combinator(promises, race)],
  });
}

function combinator(promises: PromiseIntrinsics, make: (capability: Capability) => Combination): NativeForm {
  return function* (rt, self, { 0: iterable }) {
    const capability = (yield* promises.newCapability(rt, self)) as Capability;
    try {
      yield* walk(rt, self as Function, iterable, make(capability));
    } catch (error) {
      if (rt.call1(capability.reject, undefined, error) === SUSPENDED) yield;
    }
    return capability.promise;
  };
}

function* walk(rt: Runtime, constructor: Function, iterable: unknown, combination: Combination): Frame {
  const { resolve } = constructor as unknown as { resolve: unknown };
  if (typeof resolve !== 'function')
    throw new TypeError('Promise resolve or reject function is not callable');
  const iterator = yield* getIterator(rt, iterable);
  for (let index = 0; ; index++) {
    const step = yield* stepIterator(rt, iterator);
    if (step.done) break;
    try {
      let promise = rt.call1(resolve, constructor, step.value);
      if (promise === SUSPENDED) promise = yield;
      const { 0: onFulfilled, 1: onRejected } = combination.reactions(index);
      const then = (promise as PromiseLike<unknown>).then;
      if (rt.call2(then, promise, onFulfilled, onRejected) === SUSPENDED) yield;
    } catch (error) {
      yield* closeIterator(rt, iterator, true);
      throw error;
    }
  }
  const end = combination.finish();
  if (end && rt.call1(end.settler, undefined, end.value) === SUSPENDED) yield;
  return undefined;
}

/** Collects a value for each index; `done` tells when the last one is in. */
class Collection {
  readonly values: unknown[] = [];
  #missing = 1;

  expect(index: number): void {
    this.values[index] = undefined;
    this.#missing++;
  }

  /** True when nothing is missing any more. */
  arrive(): boolean {
    return --this.#missing === 0;
  }
}

/** A reaction that stores what it is given once, and settles when it was the last. */
function collector(
  collection: Collection,
  index: number,
  settle: (values: unknown[]) => unknown,
  shape: (value: unknown) => unknown = (value) => value,
  once = { called: false },
): unknown {
  return anonymous((value: unknown) => {
    if (once.called) return undefined;
    once.called = true;
    collection.values[index] = shape(value);
    return collection.arrive() ? settle(collection.values) : undefined;
  });
}

function all({ resolve, reject }: Capability): Combination {
  const collection = new Collection();
  return {
    reactions(index) {
      collection.expect(index);
      return [collector(collection, index, resolve), reject];
    },
    finish: () => (collection.arrive() ? { settler: resolve, value: collection.values } : null),
  };
}

function allSettled({ resolve }: Capability): Combination {
  const collection = new Collection();
  return {
    reactions(index) {
      collection.expect(index);
      const once = { called: false };
      const fulfilled = (value: unknown) => ({ status: 'fulfilled', value });
      const rejected = (reason: unknown) => ({ status: 'rejected', reason });
      return [
        collector(collection, index, resolve, fulfilled, once),
        collector(collection, index, resolve, rejected, once),
      ];
    },
    finish: () => (collection.arrive() ? { settler: resolve, value: collection.values } : null),
  };
}

function any({ resolve, reject }: Capability): Combination {
  const collection = new Collection();
  const refuse = (errors: unknown[]) => reject(new AggregateError(errors, 'All promises were rejected'));
  return {
    reactions(index) {
      collection.expect(index);
      return [resolve, collector(collection, index, refuse)];
    },
    finish() {
      if (!collection.arrive()) return null;
      throw new AggregateError(collection.values, 'All promises were rejected');
    },
  };
}

function race({ resolve, reject }: Capability): Combination {
  return { reactions: () => [resolve, reject], finish: () => null };
}
