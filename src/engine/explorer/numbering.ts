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

  /** The name with this number. */
  nameOf(number: number): number {
    return this.names[number] as number;
  }

  get size(): number {
    return this.names.length;
  }
}
