/**
 * `yield*`: passes `next`, `throw` and `return` on to an inner iterator. Used by compiled code as a native `yield*`
 * inside the body of a generator. A `return` arrives as the native completion of that name, so it is met in a
 * `finally`, which goes on with the loop where the inner iterator does not want to end.
 */
import { SUSPENDED } from '../host.ts';
import { isObject } from './builtin.ts';
import type { Frame } from './forms.ts';
import type { Resumption } from './generator-object.ts';
import {
  closeAsyncIterator,
  closeIterator,
  getAsyncIterator,
  getIterator,
  type IteratorRecord,
} from './iterate.ts';
import { describe, type Runtime } from './runtime.ts';
import { AWAIT, DELEGATE } from './signals.ts';

/** `yield* iterable` in a generator. Returns the inner iterator's return value. */
export function* delegate(rt: Runtime, iterable: unknown): Frame {
  const record = yield* getIterator(rt, iterable);
  let how: Resumption = 'next';
  let value: unknown;
  for (;;) {
    let result = yield* forward(rt, record, how as 'next' | 'throw', value);
    for (;;) {
      if ((result as IteratorResult<unknown>).done) return (result as IteratorResult<unknown>).value;
      how = 'return';
      try {
        rt.out = result;
        value = yield DELEGATE;
        how = 'next';
      } catch (error) {
        value = error;
        how = 'throw';
      } finally {
        if (how === 'return') {
          const returned = rt.out;
          const method = (record.iterator as Iterator<unknown>).return;
          if (method !== undefined && method !== null) {
            let inner = rt.call1(method, record.iterator, returned);
            if (inner === SUSPENDED) inner = yield;
            result = checked(inner);
            // biome-ignore lint/correctness/noUnsafeFinally: the completion of a `return` is what is replaced
            if ((result as IteratorResult<unknown>).done) return (result as IteratorResult<unknown>).value;
            // biome-ignore lint/correctness/noUnsafeFinally: the inner iterator goes on
            continue;
          }
        }
      }
      break;
    }
  }
}

/** `yield* iterable` in an async generator. */
export function* delegateAsync(rt: Runtime, iterable: unknown): Frame {
  const record = yield* getAsyncIterator(rt, iterable);
  let how: Resumption = 'next';
  let value: unknown;
  for (;;) {
    rt.out = yield* rawForward(rt, record, how as 'next' | 'throw', value, true);
    let result = checked(yield AWAIT);
    for (;;) {
      if ((result as IteratorResult<unknown>).done) return (result as IteratorResult<unknown>).value;
      how = 'return';
      try {
        rt.out = (result as IteratorResult<unknown>).value;
        value = yield DELEGATE;
        how = 'next';
      } catch (error) {
        value = error;
        how = 'throw';
      } finally {
        if (how === 'return') {
          const returned = rt.out;
          const method = (record.iterator as AsyncIterator<unknown>).return;
          if (method === undefined || method === null) {
            rt.out = returned;
            // biome-ignore lint/correctness/noUnsafeFinally: what `return` was given is awaited
            return yield AWAIT;
          }
          let inner = rt.call1(method, record.iterator, returned);
          if (inner === SUSPENDED) inner = yield;
          rt.out = inner;
          result = checked(yield AWAIT);
          // biome-ignore lint/correctness/noUnsafeFinally: the completion of a `return` is what is replaced
          if ((result as IteratorResult<unknown>).done) return (result as IteratorResult<unknown>).value;
          // biome-ignore lint/correctness/noUnsafeFinally: the inner iterator goes on
          continue;
        }
      }
      break;
    }
  }
}

function* forward(rt: Runtime, record: IteratorRecord, how: 'next' | 'throw', value: unknown): Frame {
  return checked(yield* rawForward(rt, record, how, value, false));
}

/** Call the inner `next` or `throw`. An iterator without `throw` is closed, and that is the error. */
function* rawForward(
  rt: Runtime,
  record: IteratorRecord,
  how: 'next' | 'throw',
  value: unknown,
  isAsync: boolean,
): Frame {
  const { iterator } = record;
  const method = how === 'next' ? record.next : (iterator as Iterator<unknown>).throw;
  if (method === undefined || method === null) {
    if (isAsync) yield* closeAsyncIterator(rt, record, false);
    else yield* closeIterator(rt, record, false);
    throw new TypeError('The iterator does not provide a throw method');
  }
  let result = rt.call1(method, iterator, value);
  if (result === SUSPENDED) result = yield;
  return result;
}

function checked(result: unknown): object {
  if (isObject(result)) return result;
  throw new TypeError(`Iterator result ${describe(result)} is not an object`);
}
