/** A constructor that returns its argument: a class that extends it puts its private fields on any object. */
export class Identity {
  constructor(target: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the way to put a private field on any object
    return target;
  }
}
