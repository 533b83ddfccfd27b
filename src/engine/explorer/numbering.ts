/** Small dense numbers for names that stay the same from execution to execution: given out once, never again. */
export class Numbering {
  private readonly numbers = new Map<number, number>();
  private readonly names: number[] = [];

  /** The number of a name, a new one where it has none. */
  of(name: number): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.names.length;
    this.numbers.set(name, number);
    this.names.push(name);
    return number;
  }

  /** The number of a name; -1 where it has none. */
  find(name: number): number {
    return this.numbers.get(name) ?? -1;
  }

  /** The name with this number. */
  nameOf(number: number): number {
    return this.names[number] as number;
  }

  get size(): number {
    return this.names.length;
  }
}

/** Names that keep the numbers another numbering has given them, with the order in which they were first asked for here. */
export class Renumbering extends Numbering {
  private readonly original: Numbering;
  private readonly order = new Map<number, number>();

  constructor(original: Numbering) {
    super();
    this.original = original;
  }

  override of(name: number): number {
    const number = this.original.of(name);
    if (!this.order.has(number)) this.order.set(number, this.order.size);
    return number;
  }

  override nameOf(number: number): number {
    return this.original.nameOf(number);
  }

  /** The number that a fresh numbering would have given where this one gave `number`. */
  orderOf(number: number): number {
    return this.order.get(number) as number;
  }
}
