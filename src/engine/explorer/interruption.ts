import type { Operation } from '../kernel/operation.ts';
import { type Access, defineSuspendable, type Frame, type Stack, SUSPENDED } from '../language/index.ts';

/** What an interrupted thread goes back to after the handler. */
export interface Interrupted {
  /** The kernel call it waited in, or null. */
  readonly pending: Operation | null;
  /** Does that call again (POSIX `SA_RESTART`). */
  repeat(operation: Operation): unknown;
  /** Stands before the access again that it was about to make. */
  standAgain(access: Access): unknown;
}

/** Puts a signal's handler on top of a thread's stack; after it the thread goes on where it was. A wait for a signal is over instead. */
export function interruptStack(
  stack: Stack,
  handler: (signal: string) => void,
  signal: string,
  then: Interrupted,
): void {
  const { pending } = then;
  const access = stack.pending;
  if (pending !== null) {
    const again = () => (pending.kind === 'pause' ? undefined : then.repeat(pending));
    stack.interrupt(afterHandler(again), [handler, signal], true);
  } else if (access !== null)
    stack.interrupt(
      afterHandler(() => then.standAgain(access)),
      [handler, signal],
    );
  else stack.interrupt(handler as () => void, [signal]);
}

/** A function that runs a handler and then something of the kernel's. */
function afterHandler(then: () => unknown): () => unknown {
  const body = () => undefined;
  return defineSuspendable(body, function* (rt, _self, [handler, signal]): Frame {
    if (rt.call(handler, undefined, signal) === SUSPENDED) yield;
    const result = then();
    return result === SUSPENDED ? yield : result;
  });
}
