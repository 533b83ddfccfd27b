import type { Operation } from './model.ts';

/** One operation as it was done: what the search compares. */
export interface Step {
  readonly process: number;
  readonly operation: Operation;
  /** It changed its object. */
  readonly wrote: boolean;
  /** What else it touched: see `Execution.touched`. */
  readonly touched: readonly number[];
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
  if (x.also >= 0 && (x.also === y.object || x.also === y.also)) return true;
  return (
    (a.touched.length > 0 && conflictsWithTouched(b, a)) ||
    (b.touched.length > 0 && conflictsWithTouched(a, b))
  );
}

/** Does something that `b` touched besides its object clash with anything of `a`? */
function conflictsWithTouched(a: Step, b: Step): boolean {
  for (const mark of b.touched) {
    const object = mark < 0 ? ~mark : mark;
    const { operation } = a;
    if (operation.object === object && (mark >= 0 || a.wrote)) return true;
    if (operation.also === object) return true;
    if (a.touched.includes(object) || (mark >= 0 && a.touched.includes(~object))) return true;
  }
  return false;
}
