/**
 * What a frame yields to the bridge below it (the runner of its async function, the `next` of its generator
 * object), as opposed to a site number, which suspends the whole stack. The operand travels in `Runtime.out`.
 */
export class Signal {
  readonly kind: 'await' | 'yield' | 'delegate' | 'return';
  constructor(kind: 'await' | 'yield' | 'delegate' | 'return') {
    this.kind = kind;
  }
}

/** `await Runtime.out`. */
export const AWAIT = new Signal('await');
/** `yield Runtime.out` of a reader's generator. */
export const YIELD = new Signal('yield');
/** `yield*` passes on `Runtime.out`: the inner result object, or in an async generator the inner value. */
export const DELEGATE = new Signal('delegate');
/** A `yield*` that was told to return has done so: the bridge makes the body return `Runtime.out`. */
export const RETURN = new Signal('return');
/** What a variable holds that is declared ahead of the pattern that initialises it. */
export const DEAD: unique symbol = Symbol('not initialised');
/** Thrown by a plain function out of fuel; caught where it was called, never seen by the reader. */
export const UNWIND: object = Object.freeze({ unwind: true });
