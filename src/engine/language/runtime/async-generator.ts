/** Async generator objects: a queue of requests in front of a body that can both await and yield. */

import { SUSPENDED } from '../host.ts';
import { addMethods, isObject, type Routine } from './builtin.ts';
import { describe } from './describe.ts';
import type { Frame, NativeForm } from './forms.ts';
import { type Resumption, resumeBody } from './generator-object.ts';
import { Identity } from './identity.ts';
import type { Awaiter, Capability } from './promise-state.ts';
import type { Realm } from './realm.ts';
import type { Runtime } from './runtime.ts';
import { AWAIT, DELEGATE, RETURN, YIELD } from './signals.ts';

/** One call of `next`, `throw` or `return` that has not been answered. */
interface Request {
  readonly resumption: Resumption;
  readonly value: unknown;
  readonly capability: Capability;
}

class AsyncGeneratorMark extends Identity {
  #state: AsyncGeneratorState;
  private constructor(target: object, state: AsyncGeneratorState) {
    super(target);
    this.#state = state;
  }
  static put(target: object, state: AsyncGeneratorState): void {
    new AsyncGeneratorMark(target, state);
  }
  static get(target: unknown): AsyncGeneratorState | undefined {
    return typeof target === 'object' && target !== null && #state in target
      ? (target as AsyncGeneratorMark).#state
      : undefined;
  }
}

/** The object a call of a reader's async generator function gives; `started` as in `makeGenerator`. */
export function makeAsyncGenerator(rt: Runtime, body: Frame, prototype: unknown, started: boolean): object {
  const proto = isObject(prototype) ? prototype : rt.realm.intrinsics.AsyncGeneratorPrototype;
  const object = Object.create(proto) as object;
  AsyncGeneratorMark.put(object, new AsyncGeneratorState(body, started));
  return object;
}

/** Put `next`, `return` and `throw` on the realm's `%AsyncGeneratorPrototype%`. */
export function addAsyncGeneratorMethods(realm: Realm): void {
  addMethods(realm, realm.intrinsics.AsyncGeneratorPrototype, {
    next: [1, requester('next')],
    return: [1, requester('return')],
    throw: [1, requester('throw')],
  });
}

function requester(resumption: Resumption): NativeForm {
  return function* (rt, self, { 0: value }) {
    const capability = rt.realm.promises.capability(rt);
    const state = AsyncGeneratorMark.get(self);
    if (!state) {
      const message = `${resumption} method called on incompatible receiver ${describe(self)}`;
      capability.reject(new TypeError(message));
      return capability.promise;
    }
    yield* state.request(rt, { resumption, value, capability });
    return capability.promise;
  };
}

/** An awaiter that goes on with one of the generator's own routines. */
const awaiter = (go: (rt: Runtime, rejected: boolean, value: unknown) => Frame): Awaiter => ({ resume: go });

class AsyncGeneratorState {
  #status: 'start' | 'suspended' | 'running' | 'draining' | 'done' = 'start';
  readonly #body: Frame;
  readonly #started: boolean;
  readonly #queue: Request[] = [];

  constructor(body: Frame, started: boolean) {
    this.#body = body;
    this.#started = started;
  }

  /** A call of one of the three methods. */
  *request(rt: Runtime, request: Request): Routine<void> {
    const { resumption } = request;
    if (this.#status === 'start' && resumption === 'throw') this.#status = 'done';
    this.#queue.push(request);
    const idle = this.#status === 'start' || this.#status === 'done';
    if (idle && resumption === 'return') yield* this.#drain(rt);
    else if (this.#status === 'done') this.#answerDone(request);
    else if (this.#status === 'start') yield* this.#drive(rt, 'start', undefined);
    else if (this.#status === 'suspended') yield* this.#unwrap(rt, request);
  }

  #answerDone({ resumption, value, capability }: Request): void {
    this.#queue.shift();
    if (resumption === 'throw') capability.reject(value);
    else capability.resolve({ value: undefined, done: true });
  }

  /** Go on from a `yield`: what `return` was given is awaited first. */
  *#unwrap(rt: Runtime, { resumption, value }: Request): Frame {
    this.#status = 'running';
    if (resumption !== 'return') return yield* this.#drive(rt, resumption, value);
    const go = (how: Runtime, rejected: boolean, result: unknown) =>
      this.#drive(how, rejected ? 'throw' : 'return', result);
    return yield* this.#await(rt, value, go);
  }

  *#await(rt: Runtime, value: unknown, go: Awaiter['resume']): Routine<void> {
    try {
      rt.realm.promises.await(rt, value, awaiter(go));
    } catch (error) {
      rt.caught(error);
      yield* go(rt, true, error);
    }
  }

  #start(rt: Runtime): unknown {
    return this.#started ? rt.enter(this.#body, undefined) : rt.run(this.#body);
  }

  /** Run the body up to its next `await`, `yield` or end. */
  *#drive(rt: Runtime, resumption: Resumption | 'start', value: unknown): Routine<void> {
    this.#status = 'running';
    let result: unknown;
    try {
      result = resumption === 'start' ? this.#start(rt) : resumeBody(rt, this.#body, resumption, value);
      if (result === SUSPENDED) result = yield;
    } catch (error) {
      rt.caught(error);
      return yield* this.#finish(rt, true, error);
    }
    const { out } = rt;
    rt.out = undefined;
    if (result === RETURN) return yield* this.#drive(rt, 'return', out);
    if (result === AWAIT) {
      const go = (how: Runtime, rejected: boolean, settled: unknown) =>
        this.#drive(how, rejected ? 'throw' : 'next', settled);
      return yield* this.#await(rt, out, go);
    }
    if (result === DELEGATE) return yield* this.#yielded(rt, out);
    if (result !== YIELD) return yield* this.#finish(rt, false, result);
    return yield* this.#await(rt, out, (how, rejected, settled) =>
      rejected ? this.#drive(how, 'throw', settled) : this.#yielded(how, settled),
    );
  }

  /** Answer the first request with a value, and go on at once if there is another. */
  *#yielded(rt: Runtime, value: unknown): Routine<void> {
    this.#queue.shift()?.capability.resolve({ value, done: false });
    const next = this.#queue[0];
    if (next) yield* this.#unwrap(rt, next);
    else this.#status = 'suspended';
  }

  /** The body has ended: answer the request it worked for, then those that still wait. */
  *#finish(rt: Runtime, failed: boolean, value: unknown): Routine<void> {
    this.#status = 'draining';
    this.#complete(failed, value);
    yield* this.#drain(rt);
  }

  #complete(failed: boolean, value: unknown): void {
    const request = this.#queue.shift();
    if (failed) request?.capability.reject(value);
    else request?.capability.resolve({ value, done: true });
  }

  /** Answer waiting requests of a body that has ended; `return` awaits its operand on the way. */
  *#drain(rt: Runtime): Routine<void> {
    this.#status = 'draining';
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      if (next.resumption === 'return') {
        return yield* this.#await(rt, next.value, (how, rejected, value) => {
          this.#complete(rejected, value);
          return this.#drain(how);
        });
      }
      this.#complete(next.resumption === 'throw', next.resumption === 'throw' ? next.value : undefined);
    }
    this.#status = 'done';
  }
}
