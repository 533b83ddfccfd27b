import { BELONGS_HERE } from '../kernel/ipc/message.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { type KernelObject, Operation, type OperationKind } from '../kernel/operation.ts';
import type { Thread } from '../kernel/thread.ts';
import { defineKernelCall } from '../language/index.ts';

/** What every part of the library gets: the kernel that is running now, whichever that is. */
export interface Context {
  kernel: Kernel;
}

/** The thread whose code called. */
export function caller(context: Context): Thread {
  return context.kernel.running;
}

/** Perform an operation for the calling thread. */
export function perform(
  context: Context,
  kind: OperationKind,
  object: KernelObject,
  argument?: unknown,
  also: KernelObject | null = null,
): unknown {
  return context.kernel.perform(new Operation(kind, object, argument, also));
}

/** Marks methods of a class of the library as kernel calls: they may suspend their caller. Its objects belong to one process. */
export function kernelCalls(
  target: { readonly prototype: object; readonly name: string },
  ...names: readonly (string | symbol)[]
): void {
  Object.defineProperty(target.prototype, BELONGS_HERE, { value: target.name });
  for (const name of names) defineKernelCall(methodOf(target.prototype, name));
}

function methodOf(prototype: object, name: string | symbol): (...args: never[]) => unknown {
  return (prototype as Record<string | symbol, (...args: never[]) => unknown>)[name] as (
    ...args: never[]
  ) => unknown;
}
