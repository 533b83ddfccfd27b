const INITIAL_CHANGES = 256;

/** What was changed, and what it was before: columns, of which the first `length` entries hold. Taking something back is counting `length` down. */
export class UndoLog {
  length = 0;
  kind = new Uint8Array(INITIAL_CHANGES);
  /** Which of that kind. */
  index = new Int32Array(INITIAL_CHANGES);
  /** What it was, where that was a number. */
  number = new Int32Array(INITIAL_CHANGES);
  /** What it was, where that was no number. */
  readonly value: unknown[] = [];

  push(kind: number, index: number, number: number, value: unknown): void {
    const at = this.length++;
    if (at >= this.kind.length) this.grow();
    this.kind[at] = kind;
    this.index[at] = index;
    this.number[at] = number;
    this.value[at] = value;
  }

  clear(): void {
    this.length = 0;
    this.value.length = 0;
  }

  private grow(): void {
    const { kind, index, number } = this;
    this.kind = new Uint8Array(kind.length * 2);
    this.kind.set(kind);
    this.index = new Int32Array(kind.length * 2);
    this.index.set(index);
    this.number = new Int32Array(kind.length * 2);
    this.number.set(number);
  }
}
