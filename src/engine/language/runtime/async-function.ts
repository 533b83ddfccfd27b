/** Async functions: the bridge between an activation that awaits and the promise its caller gets. */
import { SUSPENDED } from '../host.ts';
import type { Frame } from './forms.ts';
import type { Awaiter, Capability } from './promise-state.ts';
import type { Runtime } from './runtime.ts';
import { AWAIT } from './signals.ts';

/** An activation that runs the body of an async function up to its first `await` and returns the promise. */
export function* startAsync(rt: Runtime, body: Frame): Frame {
  const run = new AsyncRun(rt, body);
  let result: unknown;
  try {
    result = rt.run(body);
    if (result === SUSPENDED) result = yield;
  } catch (error) {
    rt.caught(error);
    return run.fail(error);
  }
  return yield* run.settle(rt, result);
}

class AsyncRun implements Awaiter {
  readonly #body: Frame;
  readonly #capability: Capability;

  constructor(rt: Runtime, body: Frame) {
    this.#body = body;
    this.#capability = rt.realm.promises.capability(rt);
  }

  succeed(value: unknown): object {
    this.#capability.resolve(value);
    return this.#capability.promise;
  }

  fail(error: unknown): object {
    this.#capability.reject(error);
    return this.#capability.promise;
  }

  *resume(rt: Runtime, rejected: boolean, value: unknown): Frame {
    let result: unknown;
    try {
      result = rejected ? rt.enterThrow(this.#body, value) : rt.enter(this.#body, value);
      if (result === SUSPENDED) result = yield;
    } catch (error) {
      rt.caught(error);
      return this.fail(error);
    }
    return yield* this.settle(rt, result);
  }

  /** The body gave a value or reached an `await`; a rare failure to wait is thrown into the body. */
  *settle(rt: Runtime, result: unknown): Frame {
    if (result !== AWAIT) return this.succeed(result);
    try {
      rt.realm.promises.await(rt, rt.out, this);
    } catch (error) {
      return yield* this.resume(rt, true, error);
    }
    return this.#capability.promise;
  }
}
