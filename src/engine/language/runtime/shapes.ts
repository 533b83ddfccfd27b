/** How each kind of object is written: what stands around its entries, and which they are. */
import { errorKeys, errorText } from './error-text.ts';
import type { Inspection } from './inspect.ts';
import { MAX_ITEMS, type Surround } from './layout.ts';
import { functionText, nameOf, prefixOf, tagOf } from './object-names.ts';
import { promiseStateOf } from './promise-state.ts';
import { proxyTarget } from './proxy-target.ts';
import { keyText, primitiveText } from './quote.ts';

const MAX_KEYS = 10_000;

/** An object about to be written. */
export interface Shape extends Surround {
  /** What stands for it where it is too far in. */
  readonly name: string;
  /** It has nothing inside its brackets. */
  readonly isEmpty: boolean;
  /** The elements, where it is a list of some. */
  readonly list: ArrayLike<unknown> | null;
  entries(inspection: Inspection): string[];
}

type Entries = (inspection: Inspection) => string[];

interface Kind {
  readonly base?: string;
  readonly open?: string;
  readonly close?: string;
  /** Entries besides the properties; none where there are none. */
  readonly items?: Entries;
  readonly list?: ArrayLike<unknown>;
  readonly keys?: readonly PropertyKey[];
}

/** The shape of an object that stands at an indentation. */
export function shapeOf(object: object, indentation: number): Shape {
  const value = proxyTarget(object);
  const constructor = nameOf(value);
  const tag = tagOf(value);
  const own = isLong(value) ? [] : enumerableKeys(value);
  const kind = kindOf(value, constructor, tag, own, indentation);
  const { base = '', open = '{', close = '}', items, list = null, keys = own } = kind;
  const name = prefixOf(constructor, tag, 'Object').slice(0, -1);
  return {
    base,
    open,
    close,
    name: constructor === null ? name : `[${name}]`,
    isEmpty: items === undefined && keys.length === 0,
    list,
    entries: (inspection) => [...(items?.(inspection) ?? []), ...properties(inspection, value, keys)],
  };
}

const enumerableKeys = (value: object): PropertyKey[] =>
  Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));

/** A list whose indices alone would be many names: other properties of such a list are not looked for. */
const isLong = (value: object): boolean =>
  (Array.isArray(value) || isTyped(value)) && value.length > MAX_KEYS;

function kindOf(
  value: object,
  constructor: string | null,
  tag: string,
  keys: readonly PropertyKey[],
  indentation: number,
): Kind {
  const prefix = (fallback: string, size = ''): string => prefixOf(constructor, tag, fallback, size);
  if (typeof value === 'function') return { base: functionText(value, constructor, tag) };
  if (Array.isArray(value) || isTyped(value)) return listKind(value, constructor, tag, keys);
  if (value instanceof Map && has(() => mapSize.call(value))) return mapKind(value, prefix);
  if (value instanceof Set && has(() => setSize.call(value))) return setKind(value, prefix);
  if (value instanceof Error) {
    const base = errorText(value, constructor, tag, indentation);
    return { base, keys: errorKeys(value, keys, base) };
  }
  if (value instanceof RegExp && has(() => value.source))
    return { base: named(prefix('RegExp'), 'RegExp ', RegExp.prototype.toString.call(value)) };
  const time = dateValue(value);
  if (time !== null) {
    const text = Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
    return { base: named(prefix('Date'), 'Date ', text) };
  }
  if (value instanceof WeakMap || value instanceof WeakSet)
    return { open: `${prefix('WeakMap')}{`, items: () => ['<items unknown>'] };
  const promise = promiseStateOf(value);
  if (promise)
    return { open: `${prefix('Promise')}{`, items: (inspection) => [promiseText(promise, inspection)] };
  const boxed = BOXES.find(
    (box) => value instanceof box && has(() => (box.prototype.valueOf as () => unknown).call(value)),
  );
  if (boxed !== undefined) return boxKind(value, boxed, constructor, tag, keys);
  if (isBuffer(value)) return { open: `${prefix('ArrayBuffer')}{`, items: () => bytesOf(value) };
  if (value instanceof DataView && has(() => value.byteLength))
    return {
      open: `${prefix('DataView')}{`,
      items: (inspection) => [
        `[byteLength]: ${value.byteLength}`,
        `[byteOffset]: ${value.byteOffset}`,
        `[buffer]: ${inspection.inner(value.buffer)}`,
      ],
    };
  if (constructor === 'Object' && Object.prototype.toString.call(value) === '[object Arguments]')
    return { open: '[Arguments] {' };
  return { open: constructor === 'Object' && tag === '' ? '{' : `${prefix('Object')}{` };
}

const has = (probe: () => unknown): boolean => {
  try {
    probe();
    return true;
  } catch {
    return false;
  }
};

const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size')?.get as () => number;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size')?.get as () => number;
const BOXES = [Number, String, Boolean, BigInt, Symbol] as const;
const named = (prefix: string, usual: string, text: string): string =>
  prefix === usual ? text : prefix + text;

/** Milliseconds of a Date of whatever constructor, or null. */
function dateValue(value: object): number | null {
  if (!('getTime' in value)) return null;
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return null;
  }
}

type TypedArray = Uint8Array;
const isTyped = (value: object): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);
const isBuffer = (value: object): value is ArrayBuffer =>
  (value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer)) &&
  has(() => value.byteLength);

const isIndex = (key: PropertyKey): boolean => typeof key === 'string' && String(Number(key) >>> 0) === key;

function listKind(
  value: unknown[] | TypedArray,
  constructor: string | null,
  tag: string,
  own: readonly PropertyKey[],
): Kind {
  const { length } = value;
  const isPlain = constructor === 'Array' && tag === '';
  const prefix = isPlain ? '' : prefixOf(constructor, tag, 'Array', `(${length})`);
  const keys = own.filter((key) => !isIndex(key));
  const brackets = { open: `${prefix}[`, close: ']', keys };
  if (length === 0) return brackets;
  return { ...brackets, list: value, items: (inspection) => elements(value, inspection) };
}

/** The elements of a list, and how many are missing. */
function elements(list: unknown[] | TypedArray, inspection: Inspection): string[] {
  const shown: string[] = [];
  let later: number[] | null = null;
  let at = 0;
  while (at < list.length && shown.length < MAX_ITEMS) {
    const descriptor = Object.getOwnPropertyDescriptor(list, at);
    if (descriptor !== undefined) {
      shown.push(valueText(inspection, descriptor));
      at++;
      continue;
    }
    // Only the elements there are can be looked through: a list may be four thousand million long.
    later ??= Object.keys(list).filter(isIndex).map(Number);
    const from = at;
    at = later.find((index) => index > from) ?? list.length;
    shown.push(`<${at - from} empty item${at - from > 1 ? 's' : ''}>`);
  }
  return withRest(shown, list.length - at);
}

function withRest(shown: string[], missing: number): string[] {
  if (missing > 0) shown.push(`... ${missing} more item${missing > 1 ? 's' : ''}`);
  return shown;
}

function mapKind(value: Map<unknown, unknown>, prefix: (fallback: string, size: string) => string): Kind {
  const size = mapSize.call(value);
  const open = `${prefix('Map', `(${size})`)}{`;
  if (size === 0) return { open };
  return { open, items: (inspection) => pairs(value, size, inspection) };
}

function pairs(map: Map<unknown, unknown>, size: number, inspection: Inspection): string[] {
  const shown: string[] = [];
  for (const [key, item] of Map.prototype.entries.call(map)) {
    if (shown.length === MAX_ITEMS) break;
    shown.push(`${inspection.inner(key)} => ${inspection.inner(item)}`);
  }
  return withRest(shown, size - MAX_ITEMS);
}

function setKind(value: Set<unknown>, prefix: (fallback: string, size: string) => string): Kind {
  const size = setSize.call(value);
  const open = `${prefix('Set', `(${size})`)}{`;
  return size === 0 ? { open } : { open, items: (inspection) => members(value, size, inspection) };
}

function members(set: Set<unknown>, size: number, inspection: Inspection): string[] {
  const shown: string[] = [];
  for (const item of Set.prototype.values.call(set)) {
    if (shown.length === MAX_ITEMS) break;
    shown.push(inspection.inner(item));
  }
  return withRest(shown, size - MAX_ITEMS);
}

function promiseText(
  { status, result }: { readonly status: string; readonly result: unknown },
  inspection: Inspection,
): string {
  if (status === 'pending') return '<pending>';
  return status === 'rejected' ? `<rejected> ${inspection.inner(result)}` : inspection.inner(result);
}

/** A number, text, boolean, BigInt or symbol in an object. */
function boxKind(
  value: object,
  box: (typeof BOXES)[number],
  constructor: string | null,
  tag: string,
  own: readonly PropertyKey[],
): Kind {
  const owner =
    constructor === box.name ? '' : constructor === null ? ' (null prototype)' : ` (${constructor})`;
  const other = tag !== '' && tag !== constructor ? ` [${tag}]` : '';
  const text = primitiveText((box.prototype.valueOf as () => unknown).call(value));
  return {
    base: `[${box.name}${owner}: ${text}]${other}`,
    keys: box === String ? own.filter((key) => !isIndex(key)) : own,
  };
}

function bytesOf(buffer: ArrayBuffer): string[] {
  const { byteLength } = buffer;
  const bytes = [...new Uint8Array(buffer, 0, Math.min(MAX_ITEMS, byteLength))];
  const shown = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  const missing = byteLength - bytes.length;
  if (missing > 0) shown.push(`... ${missing} more byte${missing > 1 ? 's' : ''}`);
  return [`[Uint8Contents]: <${shown.join(' ')}>`, `[byteLength]: ${byteLength}`];
}

function properties(inspection: Inspection, value: object, keys: readonly PropertyKey[]): string[] {
  const shown: string[] = [];
  for (const key of keys.slice(0, MAX_KEYS)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor === undefined) continue;
    const name = keyText(key as string | symbol, !descriptor.enumerable);
    shown.push(`${name}: ${valueText(inspection, descriptor)}`);
  }
  return keys.length > MAX_KEYS ? [...shown, '... more'] : shown;
}

/** What a property holds; an accessor is named. */
function valueText(inspection: Inspection, { value, get, set }: PropertyDescriptor): string {
  if (get === undefined && set === undefined) return inspection.inner(value);
  return get && set ? '[Getter/Setter]' : get ? '[Getter]' : '[Setter]';
}
