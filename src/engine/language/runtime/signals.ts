/**
 * What a frame yields to the bridge below it (the runner of its async function, the `next` of its generator
 * object), as opposed to a site number, which suspends the whole stack. The operand travels in `Runtime.out`.
 */
export class Signal {
  readonly kind: 'await' | 'yield';
  constructor(kind: 'await' | 'yield') {
    this.kind = kind;
  }
}

/** `await Runtime.out`. */
export const AWAIT = new Signal('await');
/** `yield Runtime.out` of a reader's generator. */
export const YIELD = new Signal('yield');
/** Thrown by a plain function out of fuel; caught where it was called, never seen by the reader. */
export const UNWIND: object = Object.freeze({ unwind: true });
