import type { Look } from '../language/index.ts';
import type { BuiltIn } from './contents.ts';

/** Properties that one look follows at most. */
const MOST_PARTS = 1_000;

/** One thing that a look sees or changes: a property of an object, or (without a key) which properties it has. */
export interface Part {
  readonly target: object;
  readonly key: PropertyKey | null;
  readonly isChange: boolean;
}

/** What somebody who looks into objects without accesses of compiled code comes to see, and what is changed that way. */
export class View {
  readonly parts: Part[] = [];

  private add(target: object, key: PropertyKey | null, isChange = false): void {
    if (this.parts.length < MOST_PARTS) this.parts.push({ target, key, isChange });
  }

  /** Which properties there are. */
  keys(value: unknown): void {
    if (isObject(value)) this.add(value, null);
  }

  /** One property, and whether there is one. */
  key(value: unknown, key: unknown): void {
    if (!isObject(value)) return;
    this.add(value, null);
    this.add(value, typeof key === 'symbol' ? key : String(key));
  }

  /** All properties. */
  values(value: unknown): void {
    if (isObject(value)) for (const _ of this.contentsOf(value)) if (this.isFull) return;
  }

  /** All properties, and those of all objects in it. */
  deep(value: unknown): void {
    if (!isObject(value)) return;
    const seen = new Set<object>([value]);
    for (const target of seen)
      for (const content of this.contentsOf(target)) {
        if (this.isFull) return;
        if (isObject(content)) seen.add(content);
      }
  }

  /** A property is stored to, as a new one perhaps. */
  store(value: unknown, key: PropertyKey): void {
    if (!isObject(value)) return;
    this.add(value, key, true);
    if (!Object.hasOwn(value, key)) this.reshape(value);
  }

  /** All properties are stored to. */
  stores(value: unknown): void {
    if (!isObject(value)) return;
    this.reshape(value);
    for (const key of Reflect.ownKeys(value)) this.add(value, key, true);
  }

  /** Properties come or go. */
  reshape(value: unknown): void {
    if (isObject(value)) this.add(value, null, true);
  }

  private get isFull(): boolean {
    return this.parts.length >= MOST_PARTS;
  }

  private *contentsOf(target: object): Iterable<unknown> {
    this.add(target, null);
    for (const key of Reflect.ownKeys(target)) {
      if (key === 'length' && Array.isArray(target)) continue;
      const property = Object.getOwnPropertyDescriptor(target, key);
      if (property === undefined || !('value' in property)) continue;
      this.add(target, key);
      yield property.value;
    }
    if (target instanceof Map || target instanceof Set) yield* membersOf(target);
  }
}

/** By the language's own iteration, whatever the program has made of it. */
function membersOf(collection: Map<unknown, unknown> | Set<unknown>): unknown[] {
  const members: unknown[] = [];
  try {
    if (collection instanceof Map) eachEntry.call(collection, (value, key) => void members.push(key, value));
    else eachMember.call(collection, (member) => void members.push(member));
  } catch {
    // It only inherits from the prototype, and holds nothing.
  }
  return members;
}

const eachEntry = Map.prototype.forEach;
const eachMember = Set.prototype.forEach;

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

type Sight = (view: View, args: readonly unknown[], self: unknown) => void;

const nothing: Sight = () => {};
const keysOfFirst: Sight = (view, [target]) => view.keys(target);
const oneKey: Sight = (view, [target, key]) => view.key(target, key);
const texts: Sight = (view, args) => {
  for (const value of args) if (Array.isArray(value)) view.deep(value);
};
const changesSelf: Sight = (view, args, self) => {
  view.stores(self);
  for (const value of args) view.values(value);
};

function assign(view: View, [target, ...sources]: readonly unknown[]): void {
  for (const source of sources) {
    view.values(source);
    if (isObject(source)) for (const key of Object.keys(source)) view.store(target, key);
  }
}

function define(view: View, [target, key]: readonly unknown[]): void {
  if (typeof key === 'symbol' || typeof key === 'string') view.store(target, key);
  view.reshape(target);
}

const valuesOfAll: Sight = (view, args) => {
  for (const value of args) view.values(value);
};

const TYPED = [
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
  ...[BigInt64Array, BigUint64Array, Float32Array, Float64Array],
];

const typedArrays = Object.getPrototypeOf(Int8Array.prototype) as { readonly [name: string]: BuiltIn };

/** Built-ins that see less than everything in what they are given, or change it. */
const SIGHTS = new Map<unknown, Sight>([
  ...[Object.is, Array.isArray, Object.getPrototypeOf, Object.create, Reflect.getPrototypeOf, Object].map(
    (f) => [f, nothing] as const,
  ),
  // What these give is walked over with accesses.
  ...[Array.prototype, Map.prototype, Set.prototype].flatMap(({ keys, values, entries }) =>
    [keys, values, entries].map((f) => [f, nothing] as const),
  ),
  ...[Object.keys, Object.getOwnPropertyNames, Object.getOwnPropertySymbols, Reflect.ownKeys].map(
    (f) => [f, keysOfFirst] as const,
  ),
  ...[Object.values, Object.entries].map(
    (f) => [f, (view: View, [target]: readonly unknown[]) => view.values(target)] as const,
  ),
  ...[Object.hasOwn, Reflect.has, Reflect.get, Object.getOwnPropertyDescriptor].map(
    (f) => [f, oneKey] as const,
  ),
  ...[Object.prototype.hasOwnProperty, Object.prototype.propertyIsEnumerable].map(
    (f) => [f, (view: View, [key]: readonly unknown[], self: unknown) => view.key(self, key)] as const,
  ),
  ...[String, Number, BigInt].map((f) => [f, texts] as const),
  [Object.assign, assign],
  ...[Reflect.set, Object.defineProperty, Reflect.defineProperty, Reflect.deleteProperty].map(
    (f) => [f, define] as const,
  ),
  ...[Object.freeze, Object.seal, Object.preventExtensions, Object.defineProperties].map(
    (f) => [f, (view: View, [target]: readonly unknown[]) => view.stores(target)] as const,
  ),
  [Array.prototype.concat, (view, lists, self) => valuesOfAll(view, [self, ...lists], self)],
  [Array.prototype.flat, (view, _, self) => view.deep(self)],
  [Object.fromEntries, (view, [entries]) => view.deep(entries)],
  // Its object is then the collection that it walks over.
  ...[[].values(), new Map().keys(), new Set().keys()].map(
    ({ next }) => [next, (view: View, _: readonly unknown[], self: unknown) => view.values(self)] as const,
  ),
  // They copy a list, and only then do anything by themselves.
  ...[Array.from, typedArrays.from, Function.prototype.apply, Reflect.apply, Reflect.construct, ...TYPED].map(
    (f) => [f, valuesOfAll] as const,
  ),
  ...['fill', 'set', 'sort', 'reverse', 'copyWithin'].map(
    (name) => [typedArrays[name], changesSelf] as const,
  ),
]);

/** Calls of the library, and of the console, that make a text or a copy of what they are given. */
const COPYING = new Set([
  ...['print', 'write', 'send', 'log', 'info', 'warn', 'error', 'debug', 'assert', 'timeLog'],
  ...['dir', 'dirxml', 'table', 'group', 'groupCollapsed'],
]);

/**
 * What a call of a built-in looks at besides what compiled code accesses; null where that is nothing. `goesByItself`: it makes its accesses one by one (`map`, say), or is a call of the
 * library's.
 */
export function sightOf(
  f: BuiltIn,
  self: unknown,
  args: readonly unknown[],
  goesByItself: boolean,
): ((view: View) => void) | null {
  const given = args.filter(isObject);
  const known = SIGHTS.get(f);
  if (known === nothing || (given.length === 0 && known !== changesSelf && !isObject(self))) return null;
  if (known !== undefined) return (view) => known(view, args, self);
  if (f.name === '[Symbol.iterator]') return null;
  // Only an assertion that fails looks at its message.
  if (f.name === 'assert' && args[0]) return null;
  if (goesByItself && !COPYING.has(f.name) && f !== JSON.stringify) return null;
  const seen = goesByItself || isNamespace(self) ? given : [self, ...given];
  if (!seen.some(isObject)) return null;
  return (view) => {
    for (const value of seen) view.deep(value);
  };
}

/** `Math`, `JSON` and the like: objects that hold functions. */
function isNamespace(value: unknown): boolean {
  return value === Math || value === JSON || value === Reflect;
}

/** What the language looks at by itself. */
export function see(view: View, look: Look, value: object, key?: PropertyKey): void {
  if (look === 'keys') view.keys(value);
  else if (look === 'values') view.values(value);
  else if (look === 'key') view.key(value, key);
  else if (Array.isArray(value)) view.deep(value);
}
