import { SystemError } from '../errors.ts';

/** Bytes of a number, a reference, a header on the wire. */
const WORD = 8;

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
    this.bytes = copier.bytes;
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
    if (typeof value === 'function' || typeof value === 'symbol')
      throw new SystemError('EINVAL', `a ${typeof value} cannot be sent to another process; send data`);
    if (typeof value !== 'object' || value === null) return value;
    return this.seen.get(value) ?? this.copyObject(value);
  }

  private copyObject(value: object): unknown {
    if (Array.isArray(value)) return this.fill(value, new Array(value.length));
    if (value instanceof Map) return this.copyMap(value);
    if (value instanceof Set) return this.copySet(value);
    if (value instanceof Date) return this.remember(value, new Date(value.getTime()));
    if (value instanceof Error) return this.copyError(value);
    if (ArrayBuffer.isView(value)) return this.copyView(value as Uint8Array);
    return this.fill(value, {});
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
    const to = this.remember(from, new Error(from.message));
    to.name = from.name;
    return to;
  }

  private copyView(from: Uint8Array): unknown {
    this.bytes += from.byteLength;
    return this.remember(from, from.slice());
  }
}
