/** An iterator seen as an async iterator: results come in promises, and values that are promises are awaited. */
import { SUSPENDED } from '../host.ts';
import { isObject, type Routine, suspendable } from './builtin.ts';
import { describe } from './describe.ts';
import type { Resumption } from './generator-object.ts';
import { closeIterator, type IteratorRecord } from './iterate.ts';
import type { Capability } from './promise-state.ts';
import type { Runtime } from './runtime.ts';

/** The three methods of an async iterator. */
export interface AsyncFromSync {
  readonly next: Function;
  readonly return: Function;
  readonly throw: Function;
}

/** `CreateAsyncFromSyncIterator`. */
export function asyncFromSync(rt: Runtime, record: IteratorRecord): AsyncFromSync {
  const method = (resumption: Resumption) =>
    suspendable(rt.realm, 1, function* (how, _self, args) {
      const capability = how.realm.promises.capability(how);
      try {
        yield* forward(how, record, resumption, args, capability);
      } catch (error) {
        capability.reject(error);
      }
      return capability.promise;
    });
  return { next: method('next'), return: method('return'), throw: method('throw') };
}

function* forward(
  rt: Runtime,
  record: IteratorRecord,
  resumption: Resumption,
  args: readonly unknown[],
  capability: Capability,
): Routine<void> {
  const { iterator, next } = record;
  const method = resumption === 'next' ? next : (iterator as Record<string, unknown>)[resumption];
  if (method === undefined || method === null) {
    if (resumption === 'return') capability.resolve({ value: args[0], done: true });
    else {
      yield* closeIterator(rt, record, false);
      capability.reject(new TypeError('The iterator does not provide a throw method'));
    }
    return;
  }
  let result = rt.apply(method, iterator, args);
  if (result === SUSPENDED) result = yield;
  if (!isObject(result)) throw new TypeError(`Iterator result ${describe(result)} is not an object`);
  const done = Boolean((result as IteratorResult<unknown>).done);
  yield* settle(rt, record, (result as IteratorResult<unknown>).value, done, resumption, capability);
}

/** Await the value; a rejected one closes the iterator, unless it has ended anyway. */
function* settle(
  rt: Runtime,
  record: IteratorRecord,
  value: unknown,
  done: boolean,
  resumption: Resumption,
  capability: Capability,
): Routine<void> {
  const closes = !done && resumption !== 'return';
  try {
    rt.realm.promises.await(rt, value, {
      *resume(how, rejected, settled) {
        if (!rejected) capability.resolve({ value: settled, done });
        else {
          if (closes) yield* closeIterator(how, record, true);
          capability.reject(settled);
        }
      },
    });
  } catch (error) {
    if (closes) yield* closeIterator(rt, record, true);
    throw error;
  }
}
