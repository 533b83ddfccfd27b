import { defineSuspendable, SUSPENDED } from '../language/index.ts';

/** What a thread did that was answered with a signal to itself. */
export interface Fault {
  readonly signal: 'SIGSEGV' | 'SIGABRT';
  /** A load or store that failed is done again after the handler; an abort goes on with ending the process. */
  readonly kind: 'load' | 'store' | 'abort';
  readonly address: number;
  /** What was to be stored. */
  readonly value: number;
}

/** Whoever does the accesses of the running thread. */
interface Performer {
  readonly running: { fault: Fault | null };
  retryAfterFault(fault: Fault): unknown;
}

/**
 * What a fault puts on the stack of the thread that made it: a function that runs the handler, then does the access again, as a processor does with the
 * instruction that faulted. An error that the handler throws leaves the access undone and comes out of it.
 */
export function handlerThenAccess(kernel: Performer, fault: Fault): () => unknown {
  const body = () => undefined;
  return defineSuspendable(body, function* (rt, _self, [handler]) {
    try {
      if (rt.call(handler, undefined, fault.signal, fault.address) === SUSPENDED) yield;
    } catch (error) {
      kernel.running.fault = null;
      throw error;
    }
    const result = kernel.retryAfterFault(fault);
    return result === SUSPENDED ? yield : result;
  });
}
