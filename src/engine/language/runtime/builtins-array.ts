/** Array and typed array methods that call back, and `Array.from`. */
import { SUSPENDED } from '../host.ts';
import { isConstructor, isObject, type Routine } from './builtin.ts';
import { TICKS_PER_TURN, type Work, withCallback, withCallbacks } from './callback.ts';
import { describe } from './describe.ts';
import type { Frame } from './forms.ts';
import { closeIterator, iteratorFrom, stepIterator } from './iterate.ts';
import type { Runtime } from './runtime.ts';

/** What a method does with each result. True ends the walk. */
type Visit = (result: unknown, value: unknown, index: number) => boolean | undefined;

interface Walk {
  /** Elements that are not there are visited as undefined (`find` and its kin). */
  readonly holes?: boolean;
  readonly fromEnd?: boolean;
}

/** Call the callback for the elements of a list, in order. */
function* walk(
  rt: Runtime,
  list: List,
  args: readonly unknown[],
  visit: Visit,
  how: Walk = {},
): Routine<void> {
  const { 0: callback, 1: thisArg } = args;
  const { object } = list;
  let { length } = list;
  const { site } = rt;
  if (rt.standsBeforeEnd(object, site)) {
    yield site;
    length = rt.hasLoaded(toLength((object as unknown as unknown[]).length)) as number;
  }
  for (let turn = 0; turn < length; turn++) {
    const index = how.fromEnd ? length - 1 - turn : turn;
    rt.fuel[0] = (rt.fuel[0] as number) - TICKS_PER_TURN;
    if ((rt.fuel[0] as number) < 0) yield;
    if (!how.holes && !(index in object)) continue;
    if (rt.standsBefore(object, index, site)) yield site;
    const value = rt.hasLoaded(object[index]);
    let result = rt.call3(callback, thisArg, value, index, object);
    if (result === SUSPENDED) result = yield;
    if (visit(result, value, index)) return;
  }
}

/** An array-like object with its length, read once. */
export interface List {
  readonly object: Record<number, unknown>;
  readonly length: number;
}

/** `ToObject` and `LengthOfArrayLike`. */
export function listOf(self: unknown): List {
  if (self === undefined || self === null)
    throw new TypeError('Array.prototype method called on null or undefined');
  const object = Object(self) as Record<number, unknown> & { length: unknown };
  return { object, length: toLength(object.length) };
}

/** `ToLength`. */
export function toLength(value: unknown): number {
  const length = Math.trunc(Number(value));
  return length > 0 ? Math.min(length, Number.MAX_SAFE_INTEGER) : 0;
}

/** `CreateDataPropertyOrThrow`. */
export function define(target: object, key: PropertyKey, value: unknown): void {
  const done = Reflect.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
  if (!done) throw new TypeError(`Cannot add property ${String(key)}, object is not extensible`);
}

/** What a method makes its result in. */
class Target {
  readonly object: object;
  /** It is an array that nobody else has seen yet, so that an assignment does what a definition does, unless a prototype has the key. */
  private readonly isFresh: boolean;
  constructor(object: object, isFresh: boolean) {
    this.object = object;
    this.isFresh = isFresh;
  }
  put(index: number, value: unknown): void {
    if (this.isFresh && !(index in this.object)) (this.object as Record<number, unknown>)[index] = value;
    else define(this.object, index, value);
  }
}

const fresh = (length: number): Target => new Target(new Array(arrayLength(length)), true);

/** `ArraySpeciesCreate`. */
function* speciesArray(rt: Runtime, object: object, length: number): Routine<Target> {
  if (!Array.isArray(object)) return fresh(length);
  let maker: unknown = object.constructor;
  if (isObject(maker)) maker = (maker as { [Symbol.species]?: unknown })[Symbol.species] ?? undefined;
  if (maker === undefined || maker === Array) return fresh(length);
  if (!isConstructor(maker)) throw new TypeError('object.constructor[Symbol.species] is not a constructor');
  let made = rt.construct(maker, [length]);
  if (made === SUSPENDED) made = yield;
  return new Target(made as object, false);
}

function arrayLength(length: number): number {
  if (length > 0xffff_ffff) throw new RangeError('Invalid array length');
  return length;
}

/** `forEach`, `some`, `find` and the like: a walk that ends in an answer. */
function searching(
  start: unknown,
  visit: (answer: { value: unknown }) => Visit,
  how: Walk = {},
): (rt: Runtime, list: List, args: readonly unknown[]) => Frame {
  return function* (rt, list, args) {
    const answer = { value: start };
    yield* walk(rt, list, args, visit(answer), how);
    return answer.value;
  };
}

const ends = (answer: { value: unknown }, value: unknown): true => {
  answer.value = value;
  return true;
};

const find = (how: Walk) =>
  searching(undefined, (answer) => (result, value) => (result ? ends(answer, value) : undefined), {
    ...how,
    holes: true,
  });
const findIndex = (how: Walk) =>
  searching(-1, (answer) => (result, _value, index) => (result ? ends(answer, index) : undefined), {
    ...how,
    holes: true,
  });

/** Methods that arrays and typed arrays share. */
const SEARCHES = {
  forEach: searching(undefined, () => () => undefined),
  some: searching(false, (answer) => (result) => (result ? ends(answer, true) : undefined)),
  every: searching(true, (answer) => (result) => (result ? undefined : ends(answer, false))),
  find: find({}),
  findIndex: findIndex({}),
  findLast: find({ fromEnd: true }),
  findLastIndex: findIndex({ fromEnd: true }),
  reduce: reduction(1),
  reduceRight: reduction(-1),
} as const;

function reduction(step: 1 | -1) {
  return function* (rt: Runtime, { object, length: known }: List, args: readonly unknown[]): Frame {
    const { site } = rt;
    let length = known;
    if (rt.standsBeforeEnd(object, site)) {
      yield site;
      length = rt.hasLoaded(toLength((object as unknown as unknown[]).length)) as number;
    }
    let index = step === 1 ? 0 : length - 1;
    let sum = args[1];
    if (args.length < 2) {
      while (index >= 0 && index < length && !(index in object)) index += step;
      if (index < 0 || index >= length) throw new TypeError('Reduce of empty array with no initial value');
      if (rt.standsBefore(object, index, site)) yield site;
      sum = rt.hasLoaded(object[index]);
      index += step;
    }
    for (; index >= 0 && index < length; index += step) {
      rt.fuel[0] = (rt.fuel[0] as number) - TICKS_PER_TURN;
      if ((rt.fuel[0] as number) < 0) yield;
      if (!(index in object)) continue;
      if (rt.standsBefore(object, index, site)) yield site;
      sum = rt.apply(args[0], undefined, [sum, rt.hasLoaded(object[index]), index, object]);
      if (sum === SUSPENDED) sum = yield;
    }
    return sum;
  };
}

const arrayWorks: Readonly<Record<string, Work>> = {
  *map(rt, self, args) {
    const list = listOf(self);
    const made = yield* speciesArray(rt, list.object, list.length);
    yield* walk(rt, list, args, (result, _value, index) => {
      made.put(index, result);
      return undefined;
    });
    return made.object;
  },
  *filter(rt, self, args) {
    const list = listOf(self);
    const made = yield* speciesArray(rt, list.object, 0);
    let count = 0;
    yield* walk(rt, list, args, (result, value) => {
      if (result) made.put(count++, value);
      return undefined;
    });
    return made.object;
  },
  *flatMap(rt, self, args) {
    const list = listOf(self);
    const made = yield* speciesArray(rt, list.object, 0);
    let count = 0;
    yield* walk(rt, list, args, (result) => {
      if (!Array.isArray(result)) made.put(count++, result);
      else for (let i = 0; i < result.length; i++) if (i in result) made.put(count++, result[i]);
      return undefined;
    });
    return made.object;
  },
};

/** `ValidateTypedArray`, by a native method that does nothing else. */
function typedList(self: unknown): List {
  TypedArray.prototype.keys.call(self);
  const object = self as Record<number, unknown>;
  const length = Reflect.get(TypedArray.prototype, 'length', self) as number;
  return { object, length };
}

const TypedArray = Object.getPrototypeOf(Int8Array) as {
  prototype: { keys: Function; constructor: Function };
  from: Function;
};

/** `TypedArraySpeciesCreate`. */
function* speciesTyped(rt: Runtime, object: object, length: number): Frame {
  const own = globalThis[(object as Int8Array)[Symbol.toStringTag] as 'Int8Array'];
  const owner: unknown = object.constructor;
  const species = isObject(owner) ? (owner as { [Symbol.species]?: unknown })[Symbol.species] : undefined;
  if (owner !== undefined && !isObject(owner))
    throw new TypeError('The .constructor property is not an object');
  if (species === undefined || species === null || species === own) return new own(length);
  if (!isConstructor(species)) throw new TypeError('object.constructor[Symbol.species] is not a constructor');
  let made = rt.construct(species, [length]);
  if (made === SUSPENDED) made = yield;
  if (typedList(made).length < length) throw new TypeError('Derived TypedArray is too short');
  return made;
}

const typedWorks: Readonly<Record<string, Work>> = {
  *map(rt, self, args) {
    const list = typedList(self);
    const made = (yield* speciesTyped(rt, list.object, list.length)) as Record<number, unknown>;
    yield* walk(
      rt,
      list,
      args,
      (result, _value, index) => {
        made[index] = result;
        return undefined;
      },
      { holes: true },
    );
    return made;
  },
  *filter(rt, self, args) {
    const list = typedList(self);
    const kept: unknown[] = [];
    yield* walk(rt, list, args, (result, value) => void (result && kept.push(value)), { holes: true });
    const made = (yield* speciesTyped(rt, list.object, kept.length)) as Record<number, unknown>;
    for (let i = 0; i < kept.length; i++) made[i] = kept[i];
    return made;
  },
};

/** Put the forms on arrays and typed arrays. */
export function addArrayForms(): void {
  withCallbacks(Array.prototype, arrayWorks);
  withCallbacks(TypedArray.prototype, typedWorks);
  for (const [name, search] of Object.entries(SEARCHES)) {
    withCallback(Reflect.get(Array.prototype, name), 0, (rt, self, args) => search(rt, listOf(self), args));
    withCallback(Reflect.get(TypedArray.prototype, name), 0, (rt, self, args) =>
      search(rt, typedList(self), args),
    );
  }
  withCallback(Array.from, 1, arrayFrom);
}

function* arrayFrom(rt: Runtime, self: unknown, { 0: items, 1: map, 2: thisArg }: readonly unknown[]): Frame {
  const method = (items as Iterable<unknown>)[Symbol.iterator] as unknown;
  if (method !== undefined && method !== null && typeof method !== 'function')
    throw new TypeError(`${describe(items)} is not iterable`);
  const from = method ? null : listOf(items);
  let made: unknown = null;
  if (isConstructor(self) && self !== Array) {
    made = rt.construct(self, from ? [from.length] : []);
    if (made === SUSPENDED) made = yield;
  }
  const target = made === null ? fresh(0) : new Target(made as object, false);
  let index = 0;
  if (from)
    for (; index < from.length; index++) {
      let value = rt.call2(map, thisArg, from.object[index], index);
      if (value === SUSPENDED) value = yield;
      target.put(index, value);
    }
  else index = yield* fromIterable(rt, target, items, method, (value, i) => rt.call2(map, thisArg, value, i));
  (target.object as { length: number }).length = index;
  return target.object;
}

function* fromIterable(
  rt: Runtime,
  target: Target,
  items: unknown,
  method: unknown,
  map: (value: unknown, index: number) => unknown,
): Routine<number> {
  const iterator = yield* iteratorFrom(rt, items, method);
  for (let index = 0; ; index++) {
    const step = yield* stepIterator(rt, iterator);
    if (step.done) return index;
    try {
      let value = map(step.value, index);
      if (value === SUSPENDED) value = yield;
      target.put(index, value);
    } catch (error) {
      yield* closeIterator(rt, iterator, true);
      throw error;
    }
  }
}
