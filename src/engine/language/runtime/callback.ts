/** Built-ins that call back: run natively, unless the callback is code that can be suspended. */
import { type Frame, formOf, nativeOf, putNative } from './forms.ts';
import type { Runtime } from './runtime.ts';

/** Ticks charged for one turn of a built-in's loop. */
export const TICKS_PER_TURN = 32;

/** An activation that does a built-in's work. */
export type Work = (rt: Runtime, self: unknown, args: readonly unknown[]) => Frame;

/** Whether calling `f` may have to suspend: the reader's functions, and built-ins that call back themselves. */
export function canSuspend(f: unknown): boolean {
  return typeof f === 'function' && (formOf(f) !== undefined || nativeOf(f) !== undefined);
}

/** Where argument `position` can suspend, `work` runs instead of the built-in `native`. */
export function withCallback(native: unknown, position: number, work: Work): void {
  if (typeof native !== 'function') return;
  putNative(native, {
    tail: (rt, self, args) =>
      canSuspend(args[position]) ? rt.run(work(rt, self, args)) : rt.direct(native, self, args),
  });
}

/** As {@link withCallback}, for several methods of an object. */
export function withCallbacks(target: object, works: Readonly<Record<string, Work>>): void {
  for (const [name, work] of Object.entries(works))
    withCallback((target as Record<string, unknown>)[name], 0, work);
}
