import { defineSuspendable, type Frame, SUSPENDED } from '../language/index.ts';
import { Operation } from './operation.ts';
import type { Condition } from './sync/condition.ts';

/** Whoever does operations for the running thread. */
interface Performer {
  perform(operation: Operation): unknown;
  handlerEnded(signal: string): unknown;
  spend(cost: 'signal'): void;
  compute(ticks: number): unknown;
}

/** What a handler of a signal came upon: a call that the thread waited in, or ticks of `compute` it had still to burn. */
export interface Interrupted {
  readonly call: Operation | null;
  readonly compute: number;
}

/**
 * What a signal puts on the stack of a thread: a function that runs the handler, lets the signal through again that was held back meanwhile (POSIX, without
 * `SA_NODEFER`), and where the thread waited in a call, makes that again (`SA_RESTART`). `pause` is over instead. A `compute` goes on where it was.
 */
export function handlerThenCall(kernel: Performer, { call, compute }: Interrupted): () => unknown {
  const body = () => undefined;
  return defineSuspendable(body, function* (rt, _self, [handler, signal]): Frame {
    kernel.spend('signal');
    try {
      if (rt.call(handler, undefined, signal) === SUSPENDED) yield;
    } finally {
      if (kernel.handlerEnded(signal as string) === SUSPENDED) yield;
    }
    if (compute > 0 && kernel.compute(compute) === SUSPENDED) yield;
    if (call === null || call.kind === 'pause') return undefined;
    const result = repeat(kernel, call);
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
