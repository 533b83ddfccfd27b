import { SystemError } from '../errors.ts';

/** Bytes of a number, a reference, a header on the wire. */
const WORD = 8;

/** On the prototypes of the library's classes: what one of their objects is called. Such an object belongs to one process and cannot be sent. */
export const BELONGS_HERE: unique symbol = Symbol('belongs to one process');

/** Built-in objects that cannot be taken apart. */
const UNSENDABLE = new Set(['Promise', 'WeakMap', 'WeakSet', 'WeakRef', 'Generator', 'AsyncGenerator']);

/** The errors that have a class of their own in every process. */
const ERRORS = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

/** Views of bytes. */
const VIEWS: readonly (new (buffer: ArrayBuffer) => ArrayBufferView)[] = [
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
  ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array],
];

/**
 * A value on its way between address spaces: taken apart by the sender, put together anew by the receiver, so that nothing is shared. What the structured-clone
 * algorithm copies is copied; functions and class identity do not travel.
 */
export class Message {
  /** Bytes on the wire. */
  readonly bytes: number;
  private readonly content: unknown;

  /** @throws SystemError `EINVAL` where the value holds something that cannot be copied. */
  constructor(value: unknown) {
    const copier = new Copier();
    this.content = copier.copy(value);
    // A pipe of text is a stream of characters: nothing need be said about where each begins.
    this.bytes = typeof value === 'string' ? Math.max(1, value.length) : copier.bytes;
  }

  /** A fresh copy for one receiver. */
  open(): unknown {
    return new Copier().copy(this.content);
  }
}

class Copier {
  bytes = 0;
  private readonly seen = new Map<object, unknown>();

  copy(value: unknown): unknown {
    if (typeof value === 'string') this.bytes += WORD + value.length;
    else this.bytes += WORD;
    if (typeof value === 'function' || typeof value === 'symbol') refuse(typeof value);
    if (typeof value !== 'object' || value === null) return value;
    return this.seen.get(value) ?? this.copyObject(value);
  }

  private copyObject(value: object): unknown {
    if (Array.isArray(value)) return this.fill(value, new Array(value.length));
    if (value instanceof Map) return this.copyMap(value);
    if (value instanceof Set) return this.copySet(value);
    if (value instanceof Error) return this.copyError(value);
    if (value instanceof RegExp) return this.remember(value, new RegExp(value.source, value.flags));
    if (value instanceof ArrayBuffer) return this.remember(value, this.copyBuffer(value));
    if (ArrayBuffer.isView(value)) return this.copyView(value);
    const name = nameOf(value);
    if (name === 'Date') return this.copyDate(value as Date);
    if (UNSENDABLE.has(name) || BELONGS_HERE in value) refuse(name);
    return this.fill(value, {});
  }

  /** A program has a `Date` of its own, on the machine's clock. */
  private copyDate(from: Date): Date {
    const to = new Date(Date.prototype.getTime.call(from));
    let kind = Object.getPrototypeOf(from);
    while (!Object.hasOwn(kind, 'getTime')) kind = Object.getPrototypeOf(kind);
    return this.remember(from, Object.setPrototypeOf(to, kind));
  }

  private remember<T>(from: object, to: T): T {
    this.seen.set(from, to);
    return to;
  }

  private fill(from: object, to: object): object {
    this.remember(from, to);
    for (const [key, item] of Object.entries(from)) {
      const value = this.copy(item);
      Object.defineProperty(to, key, { value, writable: true, enumerable: true, configurable: true });
    }
    return to;
  }

  private copyMap(from: Map<unknown, unknown>): Map<unknown, unknown> {
    const to = this.remember(from, new Map<unknown, unknown>());
    for (const [key, item] of from) to.set(this.copy(key), this.copy(item));
    return to;
  }

  private copySet(from: Set<unknown>): Set<unknown> {
    const to = this.remember(from, new Set<unknown>());
    for (const item of from) to.add(this.copy(item));
    return to;
  }

  private copyError(from: Error): Error {
    const Kind = ERRORS.find((it) => from instanceof it) ?? Error;
    const to = this.remember(from, new Kind(from.message));
    if (to.name !== from.name)
      Object.defineProperty(to, 'name', { value: from.name, writable: true, configurable: true });
    return to;
  }

  private copyBuffer(from: ArrayBuffer, begin = 0, end = from.byteLength): ArrayBuffer {
    this.bytes += end - begin;
    return from.slice(begin, end);
  }

  private copyView(from: ArrayBufferView): unknown {
    const { buffer, byteOffset, byteLength } = from;
    const copy = this.copyBuffer(buffer as ArrayBuffer, byteOffset, byteOffset + byteLength);
    const View = VIEWS.find(({ name }) => name === nameOf(from)) ?? DataView;
    return this.remember(from, new View(copy));
  }
}

/** What an object is called: a class of the library, or a built-in kind. */
function nameOf(value: object): string {
  if (BELONGS_HERE in value) return String(value[BELONGS_HERE]);
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function refuse(what: string): never {
  const article = /^[AEIOU]/.test(what) ? 'an' : 'a';
  throw new SystemError('EINVAL', `${article} ${what} cannot be sent to another process; send data`);
}

/** What a receiver gets: of a message its content, as a copy; else the value itself. */
export function opened(value: unknown): unknown {
  return value instanceof Message ? value.open() : value;
}
