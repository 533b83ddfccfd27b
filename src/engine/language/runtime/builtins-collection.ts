/** Callbacks of maps and sets, and grouping. */
import { SUSPENDED } from '../host.ts';
import type { Routine } from './builtin.ts';
import { define } from './builtins-array.ts';
import { withCallback, withCallbacks } from './callback.ts';
import { closeIterator, getIterator, stepIterator } from './iterate.ts';
import type { Runtime } from './runtime.ts';

/** Put the forms on maps, sets and the two `groupBy`. */
export function addCollectionForms(): void {
  withCallbacks(Map.prototype, {
    *forEach(rt, self, { 0: callback, 1: thisArg }) {
      const entries = Map.prototype.entries.call(self);
      const { site } = rt;
      for (;;) {
        if (rt.standsBeforeEnd(self as object, site)) yield site;
        const entry = next(rt, entries);
        if (entry === undefined) return undefined;
        if (rt.call3(callback, thisArg, entry[1], entry[0], self) === SUSPENDED) yield;
      }
    },
  });
  withCallbacks(Set.prototype, {
    *forEach(rt, self, { 0: callback, 1: thisArg }) {
      const entries = Set.prototype.entries.call(self);
      const { site } = rt;
      for (;;) {
        if (rt.standsBeforeEnd(self as object, site)) yield site;
        const entry = next(rt, entries);
        if (entry === undefined) return undefined;
        if (rt.call3(callback, thisArg, entry[0], entry[0], self) === SUSPENDED) yield;
      }
    },
  });
  withCallback(Object.groupBy, 1, function* (rt, _self, { 0: items, 1: callback }) {
    const groups = yield* group(rt, items, callback, toPropertyKey);
    const object = Object.create(null) as object;
    for (const key of groups.keys()) define(object, key as PropertyKey, groups.get(key));
    return object;
  });
  withCallback(Map.groupBy, 1, function* (rt, _self, { 0: items, 1: callback }) {
    return yield* group(rt, items, callback, (key) => key);
  });
}

/** The next entry of a walk; undefined at its end. */
function next(rt: Runtime, entries: Iterator<[unknown, unknown]>): [unknown, unknown] | undefined {
  const { done, value } = entries.next();
  return rt.hasLoaded(done ? undefined : value) as [unknown, unknown] | undefined;
}

const toPropertyKey = (value: unknown): PropertyKey => (typeof value === 'symbol' ? value : String(value));

function* group(
  rt: Runtime,
  items: unknown,
  callback: unknown,
  toKey: (value: unknown) => unknown,
): Routine<Map<unknown, unknown[]>> {
  const groups = new Map<unknown, unknown[]>();
  const iterator = yield* getIterator(rt, items);
  for (let index = 0; ; index++) {
    const step = yield* stepIterator(rt, iterator);
    if (step.done) return groups;
    try {
      let key = rt.call2(callback, undefined, step.value, index);
      if (key === SUSPENDED) key = yield;
      key = toKey(key);
      const values = groups.get(key);
      if (values) values.push(step.value);
      else groups.set(key, [step.value]);
    } catch (error) {
      yield* closeIterator(rt, iterator, true);
      throw error;
    }
  }
}
