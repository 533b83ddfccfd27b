import { defineSuspendable, type Frame, SUSPENDED } from '../language/index.ts';
import { Operation } from './operation.ts';
import type { Condition } from './sync/condition.ts';

/** Whoever does operations for the running thread. */
interface Performer {
  perform(operation: Operation): unknown;
  maskSignals(signals: readonly string[], isBlocked: boolean): unknown;
}

/**
 * What a signal puts on the stack of a thread: a function that runs the handler, lets the signal through again that was held back meanwhile (POSIX, without
 * `SA_NODEFER`), and where the thread waited in a call, makes that again (`SA_RESTART`). `pause` is over instead.
 */
export function handlerThenCall(kernel: Performer, interrupted: Operation | null): () => unknown {
  const body = () => undefined;
  return defineSuspendable(body, function* (rt, _self, [handler, signal]): Frame {
    try {
      if (rt.call(handler, undefined, signal) === SUSPENDED) yield;
    } finally {
      if (kernel.maskSignals([signal as string], false) === SUSPENDED) yield;
    }
    if (interrupted === null || interrupted.kind === 'pause') return undefined;
    const result = repeat(kernel, interrupted);
    return result === SUSPENDED ? yield : result;
  });
}

function repeat(kernel: Performer, operation: Operation): unknown {
  const again = new Operation(operation.kind, operation.object, operation.argument, operation.also);
  again.deadline = operation.deadline;
  again.outcome = operation.outcome;
  if (operation.kind === 'reacquire') (operation.argument as Condition).replace(operation, again);
  return kernel.perform(again);
}
