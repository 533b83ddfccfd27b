/** Which collections the language's own iterators walk over: an iterator itself does not say. */

const typedArrays = Object.getPrototypeOf(Int8Array.prototype) as Iterable<unknown>;
/** Methods that make an iterator over their object. */
const MAKERS: ReadonlySet<unknown> = new Set(
  [Array.prototype, Map.prototype, Set.prototype, typedArrays].flatMap((methods) =>
    ['keys', 'values', 'entries', Symbol.iterator].map((name) => Reflect.get(methods, name) as unknown),
  ),
);

/** The iterators of one process. */
export class Walks {
  private readonly collections = new WeakMap<object, unknown>();

  /** A built-in has given a result. */
  note(f: Function, self: unknown, result: unknown): void {
    if (MAKERS.has(f) && typeof result === 'object' && result !== null) this.collections.set(result, self);
  }

  /** What an iterator walks over; any other value itself. */
  behind(value: unknown): unknown {
    return typeof value === 'object' && value !== null ? (this.collections.get(value) ?? value) : value;
  }
}
