import type { Operation } from './model.ts';

/** One operation as it was done: what the search compares. Immutable. */
export class Step {
  readonly process: number;
  readonly operation: Operation;
  /** It changed its object. */
  readonly wrote: boolean;
  /** What else it touched: see `Execution.touched`. */
  readonly touched: readonly number[];
  /** It ended the execution. */
  readonly halts: boolean;
  /** Its operation's object: at hand, for most comparisons end here. */
  readonly object: number;
  /** It touches no other object, and ends nothing. */
  readonly isSimple: boolean;

  constructor(
    process: number,
    operation: Operation,
    wrote: boolean,
    touched: readonly number[],
    halts: boolean,
  ) {
    this.process = process;
    this.operation = operation;
    this.wrote = wrote;
    this.touched = touched;
    this.halts = halts;
    this.object = operation.object;
    this.isSimple = operation.also < 0 && touched.length === 0 && !halts;
  }
}

/**
 * Do two steps of different processes depend on each other, that is, may their order matter? They do where they
 * touch the same object and at least one changes it. A step that ends the execution depends on every other.
 */
export function areDependent(a: Step, b: Step): boolean {
  if (a.object === b.object && a.object >= 0 && (a.wrote || b.wrote)) return true;
  return !(a.isSimple && b.isSimple) && areDependentElsewhere(a, b);
}

function areDependentElsewhere(a: Step, b: Step): boolean {
  if (a.halts || b.halts) return true;
  const x = a.operation;
  const y = b.operation;
  if (x.object >= 0 && x.object === y.also) return true;
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
