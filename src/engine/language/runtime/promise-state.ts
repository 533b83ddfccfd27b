/** What a promise is inside: its state, its reactions, and the jobs that settle it (ECMA-262, Promise Objects). */

import { SUSPENDED } from '../host.ts';
import { anonymous, type Routine } from './builtin.ts';
import type { EventLoop } from './event-loop.ts';
import type { Frame } from './forms.ts';
import { Identity } from './identity.ts';
import type { Job, JobAbout } from './loop-queues.ts';
import type { Runtime } from './runtime.ts';

/** A promise with the functions that settle it. */
export interface Capability {
  readonly promise: object;
  readonly resolve: (value: unknown) => unknown;
  readonly reject: (reason: unknown) => unknown;
}

/** Something that waits inside the engine for a promise: an async function at an `await`. */
export interface Awaiter {
  /** Goes on with the promise's value, or throws it where the promise was rejected. Runs as a microtask. */
  resume(rt: Runtime, rejected: boolean, value: unknown): Frame;
}

/** What happens when a promise settles. `site`: where an async function waits for that. */
type Reaction =
  | { readonly awaiter: Awaiter; readonly site: number }
  | {
      readonly awaiter: null;
      readonly onFulfilled: unknown;
      readonly onRejected: unknown;
      readonly capability: Capability;
    };

/** The internal slots of a promise. */
export class PromiseState {
  status: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  result: unknown = undefined;
  /** Somebody listens; an unhandled rejection is one where nobody ever did. */
  handled = false;
  reactions: Reaction[] = [];
  /** The event loop of the process that made the promise. */
  readonly loop: EventLoop;
  constructor(loop: EventLoop) {
    this.loop = loop;
  }
}

class PromiseMark extends Identity {
  #state: PromiseState;
  private constructor(target: object, state: PromiseState) {
    super(target);
    this.#state = state;
  }
  static put(target: object, state: PromiseState): void {
    new PromiseMark(target, state);
  }
  static get(target: unknown): PromiseState | undefined {
    return typeof target === 'object' && target !== null && #state in target
      ? (target as PromiseMark).#state
      : undefined;
  }
}

/** Make an object a promise. */
export const putPromiseState = PromiseMark.put;
/** The slots of a promise, or undefined for anything else. */
export const promiseStateOf = PromiseMark.get;

/** Settle a pending promise. */
export function settle(state: PromiseState, rejected: boolean, value: unknown): void {
  const { reactions } = state;
  state.reactions = [];
  state.loop.settled(reactions.length);
  state.status = rejected ? 'rejected' : 'fulfilled';
  state.result = value;
  if (rejected && !state.handled) state.loop.trackRejection(state);
  for (let i = 0; i < reactions.length; i++) enqueueReaction(state, reactions[i] as Reaction);
}

/** What the `resolve` function of a promise does with a value that is not yet known to be final. */
export function resolve(promise: object, state: PromiseState, value: unknown): void {
  if (value === promise) {
    settle(state, true, new TypeError('Chaining cycle detected for promise #<Promise>'));
    return;
  }
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
    settle(state, false, value);
    return;
  }
  let then: unknown;
  try {
    then = (value as { then?: unknown }).then;
  } catch (error) {
    settle(state, true, error);
    return;
  }
  if (typeof then !== 'function') settle(state, false, value);
  else state.loop.enqueue(new FollowJob(promise, state, value, then));
}

/** The pair of functions an executor gets; only the first call of either counts. */
export function resolvingFunctions(promise: object, state: PromiseState): Omit<Capability, 'promise'> {
  let settled = false;
  return {
    resolve: anonymous((value: unknown) => {
      if (settled) return;
      settled = true;
      resolve(promise, state, value);
    }),
    reject: anonymous((reason: unknown) => {
      if (settled) return;
      settled = true;
      settle(state, true, reason);
    }),
  };
}

/** Register what happens when the promise settles. */
export function addReaction(state: PromiseState, reaction: Reaction): void {
  state.handled = true;
  if (state.status === 'pending') {
    state.reactions.push(reaction);
    state.loop.await();
  } else enqueueReaction(state, reaction);
}

function enqueueReaction(state: PromiseState, reaction: Reaction): void {
  state.loop.enqueue(new ReactionJob(reaction, state.status === 'rejected', state.result));
}

/** Tells a reaction what its promise came to. */
class ReactionJob implements Job {
  private readonly reaction: Reaction;
  private readonly rejected: boolean;
  private readonly value: unknown;

  constructor(reaction: Reaction, rejected: boolean, value: unknown) {
    this.reaction = reaction;
    this.rejected = rejected;
    this.value = value;
  }

  get about(): JobAbout {
    const { reaction, rejected } = this;
    if (reaction.awaiter) return { kind: 'await', site: reaction.site };
    const callback = rejected ? reaction.onRejected : reaction.onFulfilled;
    return typeof callback === 'function' ? { kind: 'reaction', callback } : { kind: 'pass' };
  }

  run(rt: Runtime): Frame {
    const { reaction, rejected, value } = this;
    return reaction.awaiter
      ? reaction.awaiter.resume(rt, rejected, value)
      : runReaction(rt, reaction, rejected, value);
  }
}

function* runReaction(
  rt: Runtime,
  reaction: Extract<Reaction, { awaiter: null }>,
  rejected: boolean,
  argument: unknown,
): Routine<void> {
  const handler = rejected ? reaction.onRejected : reaction.onFulfilled;
  let value = argument;
  let failed = rejected;
  if (typeof handler === 'function')
    try {
      value = rt.call1(handler, undefined, argument);
      if (value === SUSPENDED) value = yield;
      failed = false;
    } catch (error) {
      rt.caught(error);
      value = error;
      failed = true;
    }
  const { capability } = reaction;
  if (rt.call1(failed ? capability.reject : capability.resolve, undefined, value) === SUSPENDED) yield;
}

/** A promise that was resolved with another one (or anything that has `then`) asks it to be told. */
class FollowJob implements Job {
  readonly about: JobAbout = FOLLOW;
  private readonly promise: object;
  private readonly state: PromiseState;
  private readonly thenable: unknown;
  private readonly method: unknown;

  constructor(promise: object, state: PromiseState, thenable: unknown, method: unknown) {
    this.promise = promise;
    this.state = state;
    this.thenable = thenable;
    this.method = method;
  }

  *run(rt: Runtime): Routine<void> {
    const settlers = resolvingFunctions(this.promise, this.state);
    try {
      if (rt.call2(this.method, this.thenable, settlers.resolve, settlers.reject) === SUSPENDED) yield;
    } catch (error) {
      settlers.reject(error);
    }
  }
}

const FOLLOW: JobAbout = { kind: 'follow' };
