/** Keys that are looked for one after the other; more of them get a table. */
const MOST_IN_LINE = 8;
/** No key. */
const NONE_YET = -(2 ** 30);

/** Values by whole number (above -2^30), of which there are mostly one or two: quicker to search, and smaller, than a table. */
export class Few<V> {
  private key = NONE_YET;
  private value: V | undefined = undefined;
  private keys: number[] | null = null;
  private values: V[] | null = null;
  private table: Map<number, V> | null = null;

  get(key: number): V | undefined {
    return key === this.key ? this.value : this.keys === null ? undefined : this.find(key);
  }

  private find(key: number): V | undefined {
    if (this.table !== null) return this.table.get(key);
    const keys = this.keys as number[];
    for (let i = 0; i < keys.length; i++) if (keys[i] === key) return (this.values as V[])[i];
    return undefined;
  }

  /** Enter a value for a key that has none yet. */
  add(key: number, value: V): void {
    if (this.key === NONE_YET) {
      this.key = key;
      this.value = value;
      return;
    }
    this.keys ??= [];
    this.values ??= [];
    if (this.table !== null) this.table.set(key, value);
    else if (this.keys.push(key) && this.values.push(value) > MOST_IN_LINE) {
      this.table = new Map(this.keys.map((known, i) => [known, (this.values as V[])[i] as V]));
      this.keys.length = this.values.length = 0;
    }
  }
}
