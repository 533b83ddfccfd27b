/** What a variable holds that nobody has stored to since threads exist. */
export const INITIAL = 0;
const NEGATIVE_ZERO = 1;
const FIRST = 2;

/** Small numbers for what an operation can answer: the same for the same value, in all executions. */
export class Labels {
  private readonly numbers = new Map<unknown, number>();
  private next = FIRST;

  /** The number of a primitive value; -1 for an object, which is not the same in the next execution. */
  of(value: unknown): number {
    if (
      (typeof value === 'object' && value !== null) ||
      typeof value === 'function' ||
      typeof value === 'symbol'
    )
      return -1;
    if (Object.is(value, -0)) return NEGATIVE_ZERO;
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    this.numbers.set(value, this.next);
    return this.next++;
  }

  /** A number that stands for nothing else. */
  fresh(): number {
    return this.next++;
  }
}
