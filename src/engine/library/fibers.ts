import { SystemError } from '../kernel/errors.ts';
import { Fiber as KernelFiber } from '../kernel/fiber.ts';
import { defineKernelCall } from '../language/index.ts';
import { type Context, kernelCalls } from './context.ts';

/** Fibers. */
export function fibersModule(context: Context): Record<string, unknown> {
  class Fiber {
    readonly #fiber: KernelFiber;
    constructor(body: unknown) {
      if (typeof body !== 'function')
        throw new SystemError('EINVAL', `new Fiber takes a function to run; it was given ${typeof body}`);
      this.#fiber = new KernelFiber(body);
      context.kernel.madeFiber(this.#fiber);
    }
    resume(value?: unknown): unknown {
      return context.kernel.resumeFiber(this.#fiber, value);
    }
    static yield(value?: unknown): unknown {
      return context.kernel.yieldFiber(value);
    }
  }
  kernelCalls(Fiber, 'resume');
  defineKernelCall(Fiber.yield);
  return { Fiber };
}
