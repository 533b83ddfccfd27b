/** `sort` and `toSorted` with a comparison that can be suspended: binary insertion for short runs, then merging. */
import { SUSPENDED } from '../host.ts';
import type { Routine } from './builtin.ts';
import { listOf } from './builtins-array.ts';
import { TICKS_PER_TURN, withCallbacks } from './callback.ts';
import type { Runtime } from './runtime.ts';

/** Runs up to this length are sorted by insertion. With fewer elements the order of comparisons is V8's. */
const RUN = 32;

/** Put the forms on arrays and typed arrays. */
export function addSortForms(): void {
  withCallbacks(Array.prototype, {
    *sort(rt, self, { 0: compare }) {
      const { object, length } = listOf(self);
      const values: unknown[] = [];
      for (let i = 0; i < length; i++) if (i in object) values.push(object[i]);
      const sorted = yield* sort(rt, values, compare);
      for (let i = 0; i < sorted.length; i++) put(object, i, sorted[i]);
      for (let i = sorted.length; i < length; i++) if (i in object) remove(object, i);
      return object;
    },
    *toSorted(rt, self, { 0: compare }) {
      const { object, length } = listOf(self);
      if (length > 0xffff_ffff) throw new RangeError('Invalid array length');
      return yield* sort(rt, valuesOf(object, length), compare);
    },
  });
  withCallbacks(Object.getPrototypeOf(Int8Array.prototype) as object, {
    *sort(rt, self, { 0: compare }) {
      const values = elementsOf(self as Int8Array);
      const sorted = yield* sort(rt, values, compare);
      for (let i = 0; i < sorted.length; i++) (self as Record<number, unknown>)[i] = sorted[i];
      return self;
    },
    *toSorted(rt, self, { 0: compare }) {
      const copy = (self as Int8Array).toSorted();
      copy.set(self as Int8Array);
      const sorted = yield* sort(rt, elementsOf(copy), compare);
      for (let i = 0; i < sorted.length; i++) copy[i] = sorted[i] as number;
      return copy;
    },
  });
}

const elementsOf = (list: ArrayLike<unknown>): unknown[] => valuesOf(list, list.length);

function valuesOf(object: Readonly<Record<number, unknown>>, length: number): unknown[] {
  const values: unknown[] = [];
  for (let i = 0; i < length; i++) values[i] = object[i];
  return values;
}

function put(object: object, key: number, value: unknown): void {
  if (!Reflect.set(object, key, value, object))
    throw new TypeError(`Cannot assign to read only property '${key}'`);
}

function remove(object: object, key: number): void {
  if (!Reflect.deleteProperty(object, key)) throw new TypeError(`Cannot delete property '${key}'`);
}

/** Values in order; those that are undefined come last without being compared. */
function* sort(rt: Runtime, values: readonly unknown[], compare: unknown): Routine<unknown[]> {
  const sorted: unknown[] = values.filter((value) => value !== undefined);
  const missing = values.length - sorted.length;
  for (let from = 0; from < sorted.length; from += RUN)
    yield* insertionSort(rt, sorted, from, Math.min(from + RUN, sorted.length), compare);
  let source: unknown[] = sorted;
  for (let width = RUN; width < sorted.length; width *= 2) {
    const target: unknown[] = [];
    for (let from = 0; from < source.length; from += 2 * width)
      yield* merge(
        rt,
        source,
        from,
        from + width,
        Math.min(from + 2 * width, source.length),
        target,
        compare,
      );
    source = target;
  }
  for (let i = 0; i < missing; i++) source.push(undefined);
  return source;
}

function* isLess(rt: Runtime, compare: unknown, a: unknown, b: unknown): Routine<boolean> {
  rt.fuel[0] = (rt.fuel[0] as number) - TICKS_PER_TURN;
  if ((rt.fuel[0] as number) < 0) yield;
  let order = rt.call2(compare, undefined, a, b);
  if (order === SUSPENDED) order = yield;
  return Number(order) < 0;
}

/** Sort `values[from, to)`: find the run it begins with, turn it if it falls, insert the rest by bisection. */
function* insertionSort(
  rt: Runtime,
  values: unknown[],
  from: number,
  to: number,
  compare: unknown,
): Routine<void> {
  if (to - from < 2) return;
  const falling = yield* isLess(rt, compare, values[from + 1], values[from]);
  let start = from + 2;
  while (start < to && (yield* isLess(rt, compare, values[start], values[start - 1])) === falling) start++;
  if (falling) reverse(values, from, start);
  for (; start < to; start++) {
    const pivot = values[start];
    let left = from;
    let right = start;
    while (left < right) {
      const middle = left + ((right - left) >> 1);
      if (yield* isLess(rt, compare, pivot, values[middle])) right = middle;
      else left = middle + 1;
    }
    values.copyWithin(left + 1, left, start);
    values[left] = pivot;
  }
}

function reverse(values: unknown[], from: number, to: number): void {
  for (let low = from, high = to - 1; low < high; low++, high--) {
    const value = values[low];
    values[low] = values[high];
    values[high] = value;
  }
}

/** Append `source[from, middle)` and `source[middle, to)` to `target` in order; equals keep theirs. */
function* merge(
  rt: Runtime,
  source: readonly unknown[],
  from: number,
  middle: number,
  to: number,
  target: unknown[],
  compare: unknown,
): Routine<void> {
  let left = from;
  let right = middle;
  while (left < middle && right < to) {
    const takeRight = yield* isLess(rt, compare, source[right], source[left]);
    target.push(source[takeRight ? right++ : left++]);
  }
  while (left < Math.min(middle, to)) target.push(source[left++]);
  while (right < to) target.push(source[right++]);
}
