/** Collections that are made from what an iterator gives, and objects from entries: reading the reader's iterator can be suspended. */
import { SUSPENDED } from '../host.ts';
import { isObject, type Routine } from './builtin.ts';
import { define } from './builtins-array.ts';
import { arrayCursor } from './cursor.ts';
import { describe } from './describe.ts';
import { type Frame, putNative } from './forms.ts';
import { closeIterator, getIterator, stepIterator } from './iterate.ts';
import { nameOf, ownOrInherited } from './object-names.ts';
import type { Runtime } from './runtime.ts';

/** Puts an item into what is being made. May return SUSPENDED. */
type Add = (item: unknown) => unknown;

/** Put the forms on `Map`, `Set`, their weak kin and `Object.fromEntries`. */
export function addFilledForms(): void {
  filled(Map, 'set', true);
  filled(WeakMap, 'set', true);
  filled(Set, 'add', false);
  filled(WeakSet, 'add', false);
  const { fromEntries } = Object;
  putNative(fromEntries, {
    tail: (rt, self, args) =>
      isIteratedByReader(args[0]) ? rt.run(objectFrom(rt, args[0])) : rt.direct(fromEntries, self, args),
  });
}

/** The language's own iteration of its own collections calls nothing of the reader's. */
const isIteratedByReader = (value: unknown): boolean =>
  value !== undefined && value !== null && arrayCursor(value) === undefined;

function filled(maker: Function, key: 'add' | 'set', isPaired: boolean): void {
  const native = (maker.prototype as Record<string, unknown>)[key];
  putNative(maker, {
    constructs: ([items], newTarget) =>
      items !== undefined &&
      items !== null &&
      (isIteratedByReader(items) || ownOrInherited(newTarget.prototype as object, key) !== native),
    *construct(rt, [items], newTarget) {
      const made = rt.addresses.born(rt.directConstruct(maker, [], newTarget));
      const adder: unknown = (made as Record<string, unknown>)[key];
      if (typeof adder !== 'function')
        throw new TypeError(
          `'${String(adder)}' returned for property '${key}' of object '#<${nameOf(made)}>' is not a function`,
        );
      const add: Add = isPaired
        ? (item) => rt.call2(adder, made, entryPart(item, 0), entryPart(item, 1))
        : (item) => rt.call1(adder, made, item);
      yield* fill(rt, items, add);
      return made;
    },
  });
}

function* objectFrom(rt: Runtime, entries: unknown): Frame {
  const made = rt.addresses.born({});
  yield* fill(rt, entries, (item) => {
    const key = entryPart(item, 0);
    const value = entryPart(item, 1);
    define(made, (typeof key === 'symbol' ? key : String(key)) as string, value);
  });
  return made;
}

function entryPart(entry: unknown, part: 0 | 1): unknown {
  if (!isObject(entry))
    throw new TypeError(
      `Iterator value ${typeof entry === 'string' ? entry : describe(entry)} is not an entry object`,
    );
  return (entry as Record<number, unknown>)[part];
}

/** Arguments of a typed array's constructor, where the first is iterated by the reader's code: what it gives, as a list that is only counted through. */
export function* listed(rt: Runtime, args: readonly unknown[]): Routine<readonly unknown[]> {
  const [source, ...rest] = args;
  if (!isObject(source) || ArrayBuffer.isView(source) || source instanceof ArrayBuffer) return args;
  const method = (source as { [Symbol.iterator]?: unknown })[Symbol.iterator];
  if (method === undefined || method === null || !isIteratedByReader(source)) return args;
  const list: Record<number, unknown> & { length: number } = Object.assign(Object.create(null), {
    length: 0,
  });
  yield* fill(rt, source, (item) => {
    list[list.length++] = item;
  });
  return [list, ...rest];
}

function* fill(rt: Runtime, items: unknown, add: Add): Routine<void> {
  const record = yield* getIterator(rt, items);
  for (;;) {
    const { done, value } = yield* stepIterator(rt, record);
    if (done) return;
    try {
      if (add(value) === SUSPENDED) yield;
    } catch (error) {
      yield* closeIterator(rt, record, true);
      throw error;
    }
  }
}
