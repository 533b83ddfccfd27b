import type { Operation } from './model.ts';

/** One operation as it was done: what the search compares. */
export interface Step {
  readonly process: number;
  readonly operation: Operation;
  /** It changed its object. */
  readonly wrote: boolean;
  /** It ended the execution. */
  readonly halts: boolean;
}

/**
 * Do two steps of different processes depend on each other, that is, may their order matter? They do where they
 * touch the same object and at least one changes it. A step that ends the execution depends on every other.
 */
export function areDependent(a: Step, b: Step): boolean {
  if (a.halts || b.halts) return true;
  const x = a.operation;
  const y = b.operation;
  if (x.object >= 0) {
    if (x.object === y.object && (a.wrote || b.wrote)) return true;
    if (x.object === y.also) return true;
  }
  return x.also >= 0 && (x.also === y.object || x.also === y.also);
}
