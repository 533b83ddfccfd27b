import { defineSuspendable, type Frame, SUSPENDED } from '../language/index.ts';
import { Operation } from './operation.ts';
import type { Condition } from './sync/condition.ts';

/** Whoever does operations for the running thread. */
interface Performer {
  perform(operation: Operation): unknown;
}

/**
 * What a signal puts on the stack of a thread that waits in `operation`: a function that runs the handler, then makes the interrupted call again (POSIX
 * `SA_RESTART`). `pause` is over instead.
 */
export function handlerThenCall(kernel: Performer, operation: Operation): () => unknown {
  const body = () => undefined;
  return defineSuspendable(body, (rt, _self, [handler, signal]) =>
    repeatAfter(kernel, rt.call(handler, undefined, signal), operation),
  );
}

function* repeatAfter(kernel: Performer, handled: unknown, operation: Operation): Frame {
  if (handled === SUSPENDED) yield;
  if (operation.kind === 'pause') return undefined;
  const again = new Operation(operation.kind, operation.object, operation.argument, operation.also);
  again.deadline = operation.deadline;
  again.outcome = operation.outcome;
  if (operation.kind === 'reacquire') (operation.argument as Condition).replace(operation, again);
  const result = kernel.perform(again);
  return result === SUSPENDED ? yield : result;
}
