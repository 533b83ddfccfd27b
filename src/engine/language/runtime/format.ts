/** Values as `console.log` shows them in Node: strings as they are, everything else as one would write it. */
import { promiseStateOf } from './promise-state.ts';

const MAX_DEPTH = 2;
const MAX_ITEMS = 100;
const MAX_WIDTH = 72;

/** One line (or more, for large objects) of output. */
export function format(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
}

/**
 * The same for `console.log`, whose first value may say where and how the others go: `%s` text, `%d` a number, `%i` and `%f` what a text begins with, `%j` `%o` `%O` a value as
 * one would write it, `%c` nothing, `%%` a percent sign.
 */
export function formatLog(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== 'string' || rest.length === 0) return format(values);
  const text = first.replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === '%%') return '%';
    return rest.length === 0 ? mark : placed(mark, rest.shift());
  });
  return [text, ...rest.map((value) => format([value]))].join(' ');
}

function placed(mark: string, value: unknown): string {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (mark === '%c') return '';
  if (mark === '%s') return format([value]);
  if (mark === '%j' || mark.toLowerCase() === '%o') return inspect(value);
  if (isObject || typeof value === 'symbol') return 'NaN';
  if (typeof value === 'bigint') return `${value}n`;
  const read = mark === '%d' ? Number : mark === '%i' ? Number.parseInt : Number.parseFloat;
  return inspect(read(value as string));
}

/** A value as one would write it. Runs no code of the reader. */
export function inspect(value: unknown, depth = 0, seen: readonly object[] = []): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'function') return functionText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.includes(value)) return '[Circular *1]';
  const simple = simpleText(value);
  if (simple !== null) return simple;
  const name = className(value);
  if (depth > MAX_DEPTH) return Array.isArray(value) ? '[Array]' : `[${name || 'Object'}]`;
  return composite(value, name, depth, [...seen, value]);
}

function quote(text: string): string {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  const body = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return mark + (mark === "'" ? body.replaceAll("'", "\\'") : body) + mark;
}

function functionText(fn: Function): string {
  const name = Object.getOwnPropertyDescriptor(fn, 'name')?.value as unknown;
  const prototype = Object.getOwnPropertyDescriptor(fn, 'prototype');
  const kind = prototype && !prototype.writable ? 'class' : 'Function';
  const label = typeof name === 'string' && name !== '' ? name : '(anonymous)';
  if (kind === 'class') return `[class ${label}]`;
  return label === '(anonymous)' ? '[Function (anonymous)]' : `[Function: ${label}]`;
}

/** Objects that are shown as one value. */
function simpleText(value: object): string | null {
  if (value instanceof Error) return errorText(value);
  const time = dateValue(value);
  if (time !== null) return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
  for (const box of [Number, String, Boolean] as const)
    if (value instanceof box && className(value) === box.name)
      return `[${box.name}: ${inspect(value.valueOf())}]`;
  return null;
}

/** Milliseconds of a Date of whatever constructor, or null. */
function dateValue(value: object): number | null {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return null;
  }
}

function errorText(error: Error): string {
  const name = ownOrInherited(error, 'name');
  const message = ownOrInherited(error, 'message');
  const head = message ? `${name}: ${message}` : `${name}`;
  return `[${head}]`;
}

/** A data property, without running getters. */
function ownOrInherited(value: object, key: string): unknown {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key);
    if (descriptor) return 'value' in descriptor ? descriptor.value : `[Getter]`;
  }
  return undefined;
}

function className(value: object): string {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return '[Object: null prototype]';
  const constructor = ownOrInherited(prototype, 'constructor');
  const name =
    typeof constructor === 'function' ? Object.getOwnPropertyDescriptor(constructor, 'name')?.value : '';
  return typeof name === 'string' ? name : '';
}

function composite(value: object, name: string, depth: number, seen: readonly object[]): string {
  const show = (item: unknown) => inspect(item, depth + 1, seen);
  const entries = properties(value, show);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = value as unknown as ArrayLike<unknown>;
    const prefix = name === 'Array' ? '' : `${name}(${items.length}) `;
    return wrap(prefix, '[', [...elements(items, show), ...entries], ']', depth);
  }
  if (value instanceof Map) {
    const pairs = [...Map.prototype.entries.call(value)].map(
      ([key, item]) => `${show(key)} => ${show(item)}`,
    );
    return wrap(`${name}(${pairs.length}) `, '{', [...pairs, ...entries], '}', depth);
  }
  if (value instanceof Set) {
    const items = [...Set.prototype.values.call(value)].map(show);
    return wrap(`${name}(${items.length}) `, '{', [...items, ...entries], '}', depth);
  }
  if (value instanceof WeakMap || value instanceof WeakSet) return `${name} { <items unknown> }`;
  const promise = promiseStateOf(value);
  if (promise) return wrap('Promise ', '{', [promiseText(promise, show), ...entries], '}', depth);
  const tag = ownOrInherited(value, Symbol.toStringTag as never);
  const label = typeof tag === 'string' && tag !== '' && tag !== name ? `${name || 'Object'} [${tag}]` : name;
  return wrap(label === 'Object' ? '' : `${label} `.trimStart(), '{', entries, '}', depth);
}

function promiseText(
  { status, result }: { readonly status: string; readonly result: unknown },
  show: (value: unknown) => string,
): string {
  if (status === 'pending') return '<pending>';
  return status === 'rejected' ? `<rejected> ${show(result)}` : show(result);
}

function elements(items: ArrayLike<unknown>, show: (value: unknown) => string): string[] {
  const shown: string[] = [];
  for (let i = 0; i < items.length && shown.length < MAX_ITEMS; i++) {
    let end = i;
    while (end < items.length && !(end in items) && end - i < 1e6) end++;
    if (end > i) {
      shown.push(`<${end - i} empty item${end - i > 1 ? 's' : ''}>`);
      i = end - 1;
    } else shown.push(show(items[i]));
  }
  if (shown.length === MAX_ITEMS && items.length > MAX_ITEMS)
    shown.push(`... ${items.length - MAX_ITEMS} more item${items.length - MAX_ITEMS > 1 ? 's' : ''}`);
  return shown;
}

/** Own enumerable properties, except the elements of an array. */
function properties(value: object, show: (item: unknown) => string): string[] {
  if (value instanceof String || ArrayBuffer.isView(value)) return [];
  const shown: string[] = [];
  const isList = Array.isArray(value);
  for (const key of Reflect.ownKeys(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (!descriptor?.enumerable) continue;
    if (isList && typeof key === 'string' && String(Number(key) >>> 0) === key) continue;
    if (shown.length === MAX_ITEMS) return [...shown, '... more'];
    const text = typeof key === 'symbol' ? String(key) : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
    shown.push(`${text}: ${'value' in descriptor ? show(descriptor.value) : accessor(descriptor)}`);
  }
  return shown;
}

function accessor({ get, set }: PropertyDescriptor): string {
  return get && set ? '[Getter/Setter]' : get ? '[Getter]' : '[Setter]';
}

function wrap(prefix: string, open: string, items: string[], close: string, depth: number): string {
  if (items.length === 0) return `${prefix}${open}${close}`;
  const line = `${prefix}${open} ${items.join(', ')} ${close}`;
  if (line.length <= MAX_WIDTH && !line.includes('\n')) return line;
  const indent = '  '.repeat(depth + 1);
  const body = open === '[' && items.every((item) => item.length <= 6) ? rows(items) : items;
  return `${prefix}${open}\n${body.map((item) => indent + item).join(',\n')}\n${'  '.repeat(depth)}${close}`;
}

/** Many short elements: several to a row. */
function rows(items: readonly string[]): string[] {
  const width = 16;
  const lines: string[] = [];
  for (let i = 0; i < items.length; i += width) lines.push(items.slice(i, i + width).join(', '));
  return lines;
}
