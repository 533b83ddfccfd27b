/** Generator objects: the bridge between `next`, `return`, `throw` and the body's own activation. */

import { SUSPENDED } from '../host.ts';
import { addMethods, isObject, type Routine } from './builtin.ts';
import { describe } from './describe.ts';
import type { Frame, NativeForm } from './forms.ts';
import { Identity } from './identity.ts';
import type { Realm } from './realm.ts';
import type { Runtime } from './runtime.ts';
import { DELEGATE, RETURN, YIELD } from './signals.ts';

/** How a generator is asked to go on. */
export type Resumption = 'next' | 'throw' | 'return';

type Close = (rt: Runtime) => Routine<void>;

class GeneratorState {
  status: 'start' | 'suspended' | 'running' | 'done' = 'start';
  readonly body: Frame;
  readonly started: boolean;
  /** What an iterator helper that has not been started has to do when it is left. */
  readonly close: Close | null;
  constructor(body: Frame, started: boolean, close: Close | null) {
    this.body = body;
    this.started = started;
    this.close = close;
  }
}

class GeneratorMark extends Identity {
  #state: GeneratorState;
  private constructor(target: object, state: GeneratorState) {
    super(target);
    this.#state = state;
  }
  static put(target: object, state: GeneratorState): void {
    new GeneratorMark(target, state);
  }
  static get(target: unknown): GeneratorState | undefined {
    return typeof target === 'object' && target !== null && #state in target
      ? (target as GeneratorMark).#state
      : undefined;
  }
}

/**
 * The object a call of a reader's generator function gives. `started`: the body already stands at a first yield that
 * the reader does not see (its parameters are evaluated).
 */
export function makeGenerator(
  rt: Runtime,
  body: Frame,
  prototype: unknown,
  started: boolean,
  close: Close | null = null,
): object {
  const object = Object.create(
    isObject(prototype) ? prototype : rt.realm.intrinsics.GeneratorPrototype,
  ) as object;
  GeneratorMark.put(object, new GeneratorState(body, started, close));
  return object;
}

/** Put `next`, `return` and `throw` on the realm's `%GeneratorPrototype%`. */
export function addGeneratorMethods(realm: Realm): void {
  addMethods(realm, realm.intrinsics.GeneratorPrototype, {
    next: [1, resumer('next')],
    return: [1, resumer('return')],
    throw: [1, resumer('throw')],
  });
}

function resumer(resumption: Resumption): NativeForm {
  return (rt, self, { 0: value }) => resumeGenerator(rt, self, resumption, value);
}

/** An iterator helper is told to end before it was asked for anything. */
export function* closeUnstarted(rt: Runtime, self: unknown): Routine<void> {
  const state = GeneratorMark.get(self);
  if (state?.status !== 'start' || !state.close) return;
  state.status = 'done';
  yield* state.close(rt);
}

/** `next`, `throw` or `return` of a generator object. */
export function* resumeGenerator(rt: Runtime, self: unknown, resumption: Resumption, value: unknown): Frame {
  const state = GeneratorMark.get(self);
  if (!state) throw new TypeError(`${resumption} method called on incompatible receiver ${describe(self)}`);
  if (state.status === 'running') throw new TypeError('Generator is already running');
  if (state.status === 'start' && resumption !== 'next') state.status = 'done';
  if (state.status === 'done') {
    if (resumption === 'throw') throw value;
    return { value: resumption === 'return' ? value : undefined, done: true };
  }
  const first = state.status === 'start' && !state.started;
  state.status = 'running';
  let result: unknown;
  try {
    result = first ? rt.run(state.body) : resumeBody(rt, state.body, resumption, value);
    if (result === SUSPENDED) result = yield;
    if (result === RETURN) result = rt.enterReturn(state.body, rt.out);
    if (result === SUSPENDED) result = yield;
  } catch (error) {
    state.status = 'done';
    throw error;
  }
  return answer(rt, state, result);
}

/** Enter a body that stands at a yield. What `return` was given is in `Runtime.out` for a `yield*` to see. */
export function resumeBody(rt: Runtime, body: Frame, resumption: Resumption, value: unknown): unknown {
  if (resumption === 'next') return rt.enter(body, value);
  if (resumption === 'throw') return rt.enterThrow(body, value);
  rt.out = value;
  return rt.enterReturn(body, value);
}

function answer(rt: Runtime, state: GeneratorState, result: unknown): unknown {
  if (result !== YIELD && result !== DELEGATE) {
    state.status = 'done';
    return { value: result, done: true };
  }
  state.status = 'suspended';
  const { out } = rt;
  rt.out = undefined;
  return result === DELEGATE ? out : { value: out, done: false };
}
