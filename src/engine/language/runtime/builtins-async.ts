/** `Array.fromAsync`, on the realm's own promises. */
import { SUSPENDED } from '../host.ts';
import { startAsync } from './async-function.ts';
import { isConstructor, type Routine } from './builtin.ts';
import { define, listOf } from './builtins-array.ts';
import { describe } from './describe.ts';
import type { Frame } from './forms.ts';
import { putNative } from './forms.ts';
import { closeAsyncIterator, getAsyncIterator } from './iterate.ts';
import type { Runtime } from './runtime.ts';
import { AWAIT } from './signals.ts';

/** Put the form on `Array.fromAsync`. */
export function addAsyncForms(): void {
  const native: unknown = Reflect.get(Array, 'fromAsync');
  if (typeof native !== 'function') return;
  putNative(native, { tail: (rt, self, args) => rt.run(startAsync(rt, fromAsync(rt, self, args))) });
}

function* wait(rt: Runtime, value: unknown): Frame {
  rt.out = value;
  return yield AWAIT;
}

function* fromAsync(rt: Runtime, self: unknown, { 0: items, 1: map, 2: thisArg }: readonly unknown[]): Frame {
  if (map !== undefined && typeof map !== 'function')
    throw new TypeError(`${describe(map)} is not a function`);
  const put = (index: number, target: object) => (value: unknown) =>
    store(rt, target, index, value, map, thisArg);
  const iterable =
    (items as AsyncIterable<unknown>)[Symbol.asyncIterator] ?? (items as Iterable<unknown>)[Symbol.iterator];
  const list = iterable === undefined || iterable === null ? listOf(items) : null;
  let made: unknown = [];
  if (isConstructor(self) && self !== Array) {
    made = rt.construct(self, list ? [list.length] : []);
    if (made === SUSPENDED) made = yield;
  }
  const target = made as object & { length: number };
  let index = 0;
  if (list)
    for (; index < list.length; index++) yield* put(index, target)(yield* wait(rt, list.object[index]));
  else index = yield* drain(rt, items, target, put);
  target.length = index;
  return target;
}

function* drain(
  rt: Runtime,
  items: unknown,
  target: object,
  put: (index: number, target: object) => (value: unknown) => Routine<void>,
): Routine<number> {
  const record = yield* getAsyncIterator(rt, items);
  for (let index = 0; ; index++) {
    let result = rt.call0(record.next, record.iterator);
    if (result === SUSPENDED) result = yield;
    result = yield* wait(rt, result);
    if (typeof result !== 'object' || result === null)
      throw new TypeError(`Iterator result ${describe(result)} is not an object`);
    const { done, value } = result as IteratorResult<unknown>;
    if (done) return index;
    try {
      yield* put(index, target)(value);
    } catch (error) {
      yield* closeAsyncIterator(rt, record, true);
      throw error;
    }
  }
}

function* store(
  rt: Runtime,
  target: object,
  index: number,
  value: unknown,
  map: unknown,
  thisArg: unknown,
): Routine<void> {
  let stored = value;
  if (map !== undefined) {
    stored = rt.call2(map, thisArg, value, index);
    if (stored === SUSPENDED) stored = yield;
    stored = yield* wait(rt, stored);
  }
  define(target, index, stored);
}
