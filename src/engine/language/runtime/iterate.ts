/** The iterator protocol for built-ins: every call of the reader's code can be suspended. */
import { SUSPENDED } from '../host.ts';
import { asyncFromSync } from './async-from-sync.ts';
import { isObject, type Routine } from './builtin.ts';
import { describe } from './describe.ts';
import type { Runtime } from './runtime.ts';
import { AWAIT } from './signals.ts';

/** An iterator with its `next` method, read once. */
export interface IteratorRecord {
  readonly iterator: object;
  readonly next: unknown;
}

/**
 * `GetIterator(value, sync)`. `site` is where the reader's function stands that does this, if it is no built-in; `what` the value as errors
 * write it.
 */
export function* getIterator(
  rt: Runtime,
  value: unknown,
  site?: number,
  what?: string,
): Routine<IteratorRecord> {
  const method = (value as Iterable<unknown> | null | undefined)?.[Symbol.iterator];
  if (typeof method !== 'function') throw new TypeError(`${what ?? describe(value)} is not iterable`);
  return yield* iteratorFrom(rt, value, method, site);
}

/** `GetIteratorFromMethod`. */
export function* iteratorFrom(
  rt: Runtime,
  value: unknown,
  method: unknown,
  site?: number,
): Routine<IteratorRecord> {
  let iterator = rt.call0(method, value);
  if (iterator === SUSPENDED) iterator = yield site;
  if (!isObject(iterator)) throw new TypeError(`Result of the Symbol.iterator method is not an object`);
  return { iterator, next: (iterator as Iterator<unknown>).next };
}

/** `IteratorStepValue`: the next value, or the end. */
export function* stepIterator(
  rt: Runtime,
  { iterator, next }: IteratorRecord,
): Routine<{ readonly done: boolean; readonly value: unknown }> {
  let result = rt.call0(next, iterator);
  if (result === SUSPENDED) result = yield;
  if (!isObject(result)) throw new TypeError(`Iterator result ${describe(result)} is not an object`);
  if ((result as IteratorResult<unknown>).done) return { done: true, value: undefined };
  return { done: false, value: (result as IteratorResult<unknown>).value };
}

/** `IteratorClose`. With `quietly`, because an error is on its way already, errors of `return` are dropped. */
export function* closeIterator(
  rt: Runtime,
  { iterator }: IteratorRecord,
  quietly: boolean,
  site?: number,
): Routine<void> {
  try {
    const method = (iterator as Iterator<unknown>).return;
    if (method === undefined || method === null) return;
    let result = rt.call0(method, iterator);
    if (result === SUSPENDED) result = yield site;
    if (!quietly && !isObject(result)) throw new TypeError(`${describe(result)} is not an object`);
  } catch (error) {
    if (!quietly) throw error;
  }
}

/** `GetIterator(value, async)`: the value's own async iterator, or its iterator with promises around it. */
export function* getAsyncIterator(
  rt: Runtime,
  value: unknown,
  site?: number,
  what = describe(value),
): Routine<IteratorRecord> {
  const method = (value as AsyncIterable<unknown> | null | undefined)?.[Symbol.asyncIterator];
  if (method !== undefined && method !== null) {
    if (typeof method !== 'function') throw new TypeError(`${what} is not async iterable`);
    return yield* iteratorFrom(rt, value, method, site);
  }
  const sync = (value as Iterable<unknown> | null | undefined)?.[Symbol.iterator];
  if (typeof sync !== 'function') throw new TypeError(`${what} is not async iterable`);
  const record = yield* iteratorFrom(rt, value, sync, site);
  const iterator = asyncFromSync(rt, record);
  return { iterator, next: iterator.next };
}

/** `AsyncIteratorClose`, inside a body that may await. `quietly` as in {@link closeIterator}. */
export function* closeAsyncIterator(
  rt: Runtime,
  { iterator }: IteratorRecord,
  quietly: boolean,
  site?: number,
): Routine<void> {
  try {
    const method = (iterator as AsyncIterator<unknown>).return;
    if (method === undefined || method === null) return;
    let result = rt.call0(method, iterator);
    if (result === SUSPENDED) result = yield site;
    rt.out = result;
    result = yield AWAIT;
    if (!quietly && !isObject(result)) throw new TypeError(`${describe(result)} is not an object`);
  } catch (error) {
    if (!quietly) throw error;
  }
}
