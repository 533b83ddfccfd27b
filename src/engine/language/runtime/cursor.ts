/**
 * Walks over what is iterated by `for`-`of`, spreading and array patterns. An array whose iteration is the
 * language's own is read element by element; everything else by the protocol, each call of which can suspend.
 */
import { SUSPENDED } from '../host.ts';
import { isObject, type Routine } from './builtin.ts';
import { describe } from './describe.ts';
import {
  closeAsyncIterator,
  closeIterator,
  getAsyncIterator,
  getIterator,
  type IteratorRecord,
} from './iterate.ts';
import type { Runtime } from './runtime.ts';
import { AWAIT } from './signals.ts';

const ArrayIteratorPrototype = Object.getPrototypeOf([][Symbol.iterator]()) as { next: unknown };
const nativeValues = Array.prototype[Symbol.iterator];
const nativeNext = ArrayIteratorPrototype.next;

/** Whether iterating an array means reading its elements in order, and nothing can be told apart. */
export function isPlainArray(value: unknown): value is unknown[] {
  return (
    Array.isArray(value) &&
    value[Symbol.iterator] === nativeValues &&
    ArrayIteratorPrototype.next === nativeNext
  );
}

/** One walk. */
export class Cursor {
  /** The array that is read directly, or null. */
  readonly array: unknown[] | null;
  readonly record: IteratorRecord | null;
  /** The iterator still has to be closed if the walk is left now. */
  open: boolean;
  /** The last value. */
  value: unknown = undefined;
  index = 0;
  /** Where the walk is in the source: the site a thread stands at while it waits for the next value; -1 where unknown. */
  site = -1;

  constructor(array: unknown[] | null, record: IteratorRecord | null) {
    this.array = array;
    this.record = record;
    this.open = record !== null;
  }

  /** Arrays: whether there is another element. */
  more(): boolean {
    return this.index < (this.array as unknown[]).length;
  }

  /** Arrays: go to the next element. True at the end. */
  step(): boolean {
    const array = this.array as unknown[];
    if (this.index >= array.length) {
      this.index = Infinity;
      return true;
    }
    this.value = array[this.index++];
    return false;
  }

  /** Arrays: the next element, undefined past the end. */
  take(): unknown {
    return this.step() ? undefined : this.value;
  }

  /** Arrays: address of the next element; at the end of where that is written down, if that matters. */
  address(rt: Runtime): number {
    return this.more() ? rt.addresses.element(this.array, this.index) : rt.addresses.end(this.array);
  }
}

const NOTHING: unknown[] = Object.freeze([]) as unknown as unknown[];

/** A walk over the code points of a string. Its `array` is there only to say that no protocol is needed. */
class StringCursor extends Cursor {
  private readonly text: string;

  constructor(text: string) {
    super(NOTHING, null);
    this.text = text;
  }

  override more(): boolean {
    return this.index < this.text.length;
  }

  override step(): boolean {
    if (!this.more()) return true;
    const point = this.text.codePointAt(this.index) as number;
    this.value = point < 0x10000 ? this.text[this.index] : String.fromCodePoint(point);
    this.index += point < 0x10000 ? 1 : 2;
    return false;
  }

  override address(): number {
    return 0;
  }
}

/** A walk over a map or a set, whose iterators call nothing of the reader's. */
class CollectionCursor extends Cursor {
  private readonly collection: object;
  private readonly iterator: Iterator<unknown>;
  private ended = false;

  constructor(collection: object, iterator: Iterator<unknown>) {
    super(NOTHING, null);
    this.collection = collection;
    this.iterator = iterator;
  }

  override more(): boolean {
    return !this.ended;
  }

  override step(): boolean {
    if (this.ended) return true;
    const { done, value } = this.iterator.next();
    this.ended = Boolean(done);
    this.value = value;
    return this.ended;
  }

  override address(rt: Runtime): number {
    return rt.addresses.size(this.collection);
  }
}

const StringIteratorPrototype = Object.getPrototypeOf(''[Symbol.iterator]()) as { next: unknown };
const nativeCharacters = String.prototype[Symbol.iterator];
const nativeNextCharacter = StringIteratorPrototype.next;

const MapIteratorPrototype = Object.getPrototypeOf(new Map().keys()) as { next: unknown };
const SetIteratorPrototype = Object.getPrototypeOf(new Set().keys()) as { next: unknown };
const nativeEntries = Map.prototype[Symbol.iterator];
const nativeMembers = Set.prototype[Symbol.iterator];
const nativeNextEntry = MapIteratorPrototype.next;
const nativeNextMember = SetIteratorPrototype.next;

/** A walk that needs no protocol, because nobody could tell: over an array, a string, a map or a set. Else undefined. */
export function arrayCursor(value: unknown): Cursor | undefined {
  if (isPlainArray(value)) return new Cursor(value, null);
  if (typeof value === 'string') {
    const isPlain =
      value[Symbol.iterator] === nativeCharacters && StringIteratorPrototype.next === nativeNextCharacter;
    return isPlain ? new StringCursor(value) : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return collectionCursor(value);
}

function collectionCursor(value: object): Cursor | undefined {
  const isMap = value instanceof Map && MapIteratorPrototype.next === nativeNextEntry;
  const isSet = value instanceof Set && SetIteratorPrototype.next === nativeNextMember;
  if (!isMap && !isSet) return undefined;
  const method: unknown = value[Symbol.iterator];
  if (method !== (isMap ? nativeEntries : nativeMembers)) return undefined;
  return new CollectionCursor(value, Reflect.apply(method as Function, value, []) as Iterator<unknown>);
}

/** A walk by the protocol from `site` on, noted in `list` if there is one. TypeError where the value is not iterable. */
export function* openCursor(rt: Runtime, value: unknown, list: Cursor[] | null, site = -1): Routine<Cursor> {
  const cursor = new Cursor(null, yield* getIterator(rt, value, site, rt.program?.sites[site]?.callee));
  cursor.site = site;
  list?.push(cursor);
  return cursor;
}

/** Go to the next value; true at the end. The iterator is not closed after an error of its own. */
export function* stepCursor(rt: Runtime, cursor: Cursor): Routine<boolean> {
  const { iterator, next } = cursor.record as IteratorRecord;
  cursor.open = false;
  rt.site = cursor.site;
  let result = rt.call0(next, iterator);
  if (result === SUSPENDED) result = yield cursor.site;
  return land(cursor, result);
}

/** As {@link stepCursor}, awaiting the iterator's result. */
export function* stepAsync(rt: Runtime, cursor: Cursor): Routine<boolean> {
  const { iterator, next } = cursor.record as IteratorRecord;
  cursor.open = false;
  let result = rt.call0(next, iterator);
  if (result === SUSPENDED) result = yield cursor.site;
  rt.out = result;
  return land(cursor, yield AWAIT);
}

function land(cursor: Cursor, result: unknown): boolean {
  if (!isObject(result)) throw new TypeError(`Iterator result ${describe(result)} is not an object`);
  const { done } = result as IteratorResult<unknown>;
  cursor.value = done ? undefined : (result as IteratorResult<unknown>).value;
  cursor.open = !done;
  return Boolean(done);
}

/** The next value for an element of a pattern: undefined once the iterator has ended. */
export function* takeFrom(rt: Runtime, cursor: Cursor): Routine<unknown> {
  if (!cursor.open) return undefined;
  yield* stepCursor(rt, cursor);
  return cursor.value;
}

/** All remaining values, as an array. */
export function* restOf(rt: Runtime, cursor: Cursor): Routine<unknown[]> {
  const values: unknown[] = [];
  const { place } = rt.host;
  if (cursor.array !== null)
    for (;;) {
      // Copying in one go is quicker, but a host that places properties wants to hear of each access.
      if (place !== undefined) rt.access = rt.addresses.touch(cursor.address(rt), cursor.site);
      if (place !== undefined && rt.access !== 0) yield cursor.site;
      if (stepSeen(rt, cursor)) break;
      values.push(cursor.value);
    }
  else while (cursor.open && !(yield* stepCursor(rt, cursor))) values.push(cursor.value);
  return values;
}

/** Arrays: go to the next element, in a program that shows the machine what it loads. True at the end. */
export function stepSeen(rt: Runtime, cursor: Cursor): boolean {
  const isEnd = cursor.step();
  if (isEnd) rt.host.loaded?.(cursor.array?.length);
  else if (rt.host.loaded !== undefined) cursor.value = rt.host.loaded(cursor.value);
  return isEnd;
}

/** All values of an iterable, as an array of its own. */
export function* listOf(rt: Runtime, value: unknown, site?: number): Routine<unknown[]> {
  const direct = arrayCursor(value);
  if (direct !== undefined && site !== undefined) direct.site = site;
  return yield* restOf(rt, direct ?? (yield* openCursor(rt, value, null, site)));
}

/** Leave a walk that has not ended. `quiet`: because of an error, which is worth more than one of closing. */
export function* closeCursor(rt: Runtime, cursor: Cursor, quiet: boolean): Routine<void> {
  cursor.open = false;
  yield* closeIterator(rt, cursor.record as IteratorRecord, quiet, cursor.site);
}

/** Leave the walks that are still open, the innermost first. An error of one makes the others close quietly. */
export function* closeAll(rt: Runtime, cursors: Cursor[], quiet: boolean): Routine<void> {
  for (let cursor = cursors.pop(); cursor; cursor = cursors.pop()) {
    if (!cursor.open) continue;
    try {
      yield* closeCursor(rt, cursor, quiet);
    } catch (error) {
      yield* closeAll(rt, cursors, true);
      throw error;
    }
  }
}

/** A walk of `for await`. */
export function* openAsyncCursor(rt: Runtime, value: unknown, site: number): Routine<Cursor> {
  const cursor = new Cursor(null, yield* getAsyncIterator(rt, value, site, rt.program?.sites[site]?.callee));
  cursor.site = site;
  return cursor;
}

/** As {@link closeCursor}, awaiting. */
export function* closeAsync(rt: Runtime, cursor: Cursor, quiet: boolean): Routine<void> {
  cursor.open = false;
  yield* closeAsyncIterator(rt, cursor.record as IteratorRecord, quiet, cursor.site);
}
