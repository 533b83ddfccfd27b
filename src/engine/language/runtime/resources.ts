/** What a scope's `using` declarations have acquired, and its disposal. */
import { SUSPENDED } from '../host.ts';
import { isObject, type Routine } from './builtin.ts';
import type { Runtime } from './runtime.ts';
import { AWAIT } from './signals.ts';

interface Resource {
  /** Undefined where there is nothing to call, only something to wait for. */
  readonly method: Function | undefined;
  readonly self: unknown;
  readonly args: readonly unknown[];
  readonly awaited: boolean;
  /** What the method returns is not waited for: it is a synchronous disposer in an asynchronous scope. */
  readonly ignored: boolean;
  /** Where it was declared; undefined for what is on a stack of disposables. */
  readonly site: number | undefined;
}

/** The resources of one scope, in the order they were acquired. */
export class Resources {
  readonly list: Resource[] = [];
  failed = false;
  error: unknown = undefined;

  /** Acquire a value; null and undefined stand for nothing. TypeError where it cannot be disposed of. */
  use(value: unknown, asynchronous: boolean, site?: number): unknown {
    if (value === null || value === undefined) {
      if (asynchronous) this.add(undefined, undefined, [], true, false, site);
      return value;
    }
    if (!isObject(value)) throw new TypeError('using needs an object, null or undefined');
    const own = value as { [Symbol.dispose]?: unknown; [Symbol.asyncDispose]?: unknown };
    let method = asynchronous ? own[Symbol.asyncDispose] : undefined;
    const ignored = asynchronous && (method === undefined || method === null);
    if (method === undefined || method === null) method = own[Symbol.dispose];
    if (typeof method !== 'function')
      throw new TypeError('the value of using has no [Symbol.dispose]() method');
    this.add(method, value, [], asynchronous, ignored, site);
    return value;
  }

  /** Have `method` called in the end. */
  add(
    method: Function | undefined,
    self: unknown,
    args: readonly unknown[],
    awaited: boolean,
    ignored = false,
    site?: number,
  ): void {
    this.list.push({ method, self, args, awaited, ignored, site });
  }

  /** An error ended the scope, or came while disposing: the newest wins and keeps the one before. */
  fail(error: unknown): void {
    this.error = this.failed
      ? new SuppressedError(error, this.error, 'An error was suppressed during disposal')
      : error;
    this.failed = true;
  }
}

/** Dispose of everything, newest first; then throw what went wrong. */
export function* disposeAll(rt: Runtime, resources: Resources): Routine<void> {
  for (let one = resources.list.pop(); one !== undefined; one = resources.list.pop()) {
    try {
      let result = one.method === undefined ? undefined : rt.apply(one.method, one.self, one.args);
      if (result === SUSPENDED) result = yield one.site;
      if (one.awaited) {
        rt.out = one.ignored ? undefined : result;
        yield AWAIT;
      }
    } catch (error) {
      resources.fail(error);
    }
  }
  if (resources.failed) throw resources.error;
}
