import { defineKernelCall, format } from '../language/index.ts';
import { type Context, caller } from './context.ts';

/** A failed `assert`. */
export class AssertionError extends Error {
  static override readonly name = 'AssertionError';
  override readonly name = 'AssertionError';
}

/** Output and checks. */
export function outputModule(context: Context): Record<string, unknown> {
  return {
    print: defineKernelCall((...values: unknown[]) =>
      context.kernel.print(caller(context).process, format(values)),
    ),
    assert: (condition: unknown, message?: unknown) => {
      if (!condition) throw new AssertionError(message === undefined ? 'Assertion failed' : String(message));
    },
    machine: () => undefined,
  };
}
