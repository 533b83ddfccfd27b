/**
 * The globals a snippet has besides the language's own: an event loop and a console, both on the machine's virtual time.
 * `fetch`, the DOM, storage and the network do not exist in a snippet.
 */

interface Console {
  /** Writes one line; the same as `print`. */
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  /** Writes "Assertion failed" and the values where the condition does not hold. The library's `assert` throws. */
  assert(condition?: unknown, ...values: unknown[]): void;
  /** Writes a value with objects up to `depth` levels in; `null` means all. */
  dir(value?: unknown, options?: { depth?: number | null }): void;
  dirxml(...values: unknown[]): void;
  /** Writes rows and columns. */
  table(data?: unknown, columns?: readonly string[]): void;
  /** What is written until `groupEnd` stands further to the right. */
  group(...values: unknown[]): void;
  groupCollapsed(...values: unknown[]): void;
  groupEnd(): void;
  count(label?: string): void;
  countReset(label?: string): void;
  /** Virtual time since `time` with the same label. */
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
}
declare var console: Console;

/** Runs `callback` on the event loop after `delay` milliseconds of virtual time. */
declare function setTimeout<A extends unknown[]>(
  callback: (...args: A) => void,
  delay?: number,
  ...args: A
): number;
declare function clearTimeout(id: number | undefined): void;
/** Runs `callback` on the event loop every `delay` milliseconds of virtual time. */
declare function setInterval<A extends unknown[]>(
  callback: (...args: A) => void,
  delay?: number,
  ...args: A
): number;
declare function clearInterval(id: number | undefined): void;
/** Runs `callback` on the event loop after the I/O of this turn, as in Node. */
declare function setImmediate<A extends unknown[]>(callback: (...args: A) => void, ...args: A): number;
declare function clearImmediate(id: number | undefined): void;
/** Runs `callback` as soon as the running job ends. */
declare function queueMicrotask(callback: () => void): void;
/** A deep copy, as between processes. */
declare function structuredClone<T>(value: T): T;
/** `now()` is virtual time in milliseconds. */
declare var performance: { now(): number };
