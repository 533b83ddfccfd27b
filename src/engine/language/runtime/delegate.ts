/**
 * `yield*`: passes `next`, `throw` and `return` on to an inner iterator. Used by compiled code as a native `yield*`
 * inside the body of a generator. A `return` arrives as the native completion of that name, so it is met in a
 * `finally`, which goes on with the loop where the inner iterator does not want to end.
 */
import { SUSPENDED } from '../host.ts';
import { isObject, type Routine } from './builtin.ts';
import { describe } from './describe.ts';
import type { Frame } from './forms.ts';
import type { Resumption } from './generator-object.ts';
import {
  closeAsyncIterator,
  closeIterator,
  getAsyncIterator,
  getIterator,
  type IteratorRecord,
} from './iterate.ts';
import type { Runtime } from './runtime.ts';
import { AWAIT, DELEGATE, RETURN } from './signals.ts';

/** `yield* iterable` at a site of a generator. Returns the inner iterator's return value. */
export function* delegate(rt: Runtime, iterable: unknown, site: number): Frame {
  const record = yield* getIterator(rt, iterable, site);
  let how: Resumption = 'next';
  let value: unknown;
  /** The inner iterator answered a `return` with more; `done` has been read. */
  let goesOn = false;
  for (;;) {
    let result = yield* forward(rt, record, how as 'next' | 'throw', value, site);
    for (;;) {
      if (!goesOn && (result as IteratorResult<unknown>).done)
        return (result as IteratorResult<unknown>).value;
      goesOn = false;
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
            if (inner === SUSPENDED) inner = yield site;
            result = checked(inner);
            if ((result as IteratorResult<unknown>).done)
              yield* leave(rt, (result as IteratorResult<unknown>).value);
            goesOn = true;
            // biome-ignore lint/correctness/noUnsafeFinally: the inner iterator goes on
            continue;
          }
        }
      }
      break;
    }
  }
}

/** `yield* iterable` at a site of an async generator. */
export function* delegateAsync(rt: Runtime, iterable: unknown, site: number): Frame {
  const record = yield* getAsyncIterator(rt, iterable, site);
  let how: Resumption = 'next';
  let value: unknown;
  /** The inner iterator answered a `return` with more; `done` has been read. */
  let goesOn = false;
  for (;;) {
    rt.out = yield* rawForward(rt, record, how as 'next' | 'throw', value, site, true);
    let result = checked(yield AWAIT);
    for (;;) {
      if (!goesOn && (result as IteratorResult<unknown>).done)
        return (result as IteratorResult<unknown>).value;
      goesOn = false;
      how = 'return';
      rt.out = (result as IteratorResult<unknown>).value;
      try {
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
            yield* leave(rt, yield AWAIT);
          }
          let inner = rt.call1(method, record.iterator, returned);
          if (inner === SUSPENDED) inner = yield site;
          rt.out = inner;
          result = checked(yield AWAIT);
          if ((result as IteratorResult<unknown>).done)
            yield* leave(rt, (result as IteratorResult<unknown>).value);
          goesOn = true;
          // biome-ignore lint/correctness/noUnsafeFinally: the inner iterator goes on
          continue;
        }
      }
      break;
    }
  }
}

function* forward(
  rt: Runtime,
  record: IteratorRecord,
  how: 'next' | 'throw',
  value: unknown,
  site: number,
): Frame {
  return checked(yield* rawForward(rt, record, how, value, site, false));
}

/** Call the inner `next` or `throw`. An iterator without `throw` is closed, and that is the error. */
function* rawForward(
  rt: Runtime,
  record: IteratorRecord,
  how: 'next' | 'throw',
  value: unknown,
  site: number,
  isAsync: boolean,
): Frame {
  const { iterator } = record;
  const method = how === 'next' ? record.next : (iterator as Iterator<unknown>).throw;
  if (method === undefined || method === null) {
    if (isAsync) yield* closeAsyncIterator(rt, record, false, site);
    else yield* closeIterator(rt, record, false, site);
    throw new TypeError('The iterator does not provide a throw method');
  }
  let result = rt.call1(method, iterator, value);
  if (result === SUSPENDED) result = yield site;
  return result;
}

/** Make the body return; nothing after this runs. */
function* leave(rt: Runtime, value: unknown): Routine<void> {
  rt.out = value;
  yield RETURN;
}

function checked(result: unknown): object {
  if (isObject(result)) return result;
  throw new TypeError(`Iterator result ${describe(result)} is not an object`);
}
