/** Owners: nobody yet, more than one process. */
const NOBODY = -1;
const SEVERAL = -2;

/** What is known of a variable besides: somebody has stored to it, or found a value in it that is no object. */
const STORED = 1;
const HOLDS_DATA = 2;

/**
 * Which variables more than one process touches, as far as the executions so far have shown. An access to any other is nothing a schedule could change, so it is no step. Nor is one to a
 * variable that holds an object and that nobody stores to while there are threads: it is as good as a constant. Found out on the way: a variable belongs to the first process that touches it
 * while others exist; when a second one comes along, what was found until then was found with too few steps, and the search begins again.
 */
export class Sharing {
  /** A variable turned out to be shared that had been taken for one process's own. */
  isStale = false;
  private owners = new Int32Array(256).fill(NOBODY);
  private facts = new Uint8Array(256);

  /** Is the variable with this number shared, now that this process touches it? */
  isShared(object: number, process: number, isStore: boolean): boolean {
    if (object >= this.owners.length) this.grow(object);
    const was = this.isKnownShared(object);
    if (was) return true;
    const owner = this.owners[object] as number;
    if (owner === NOBODY) this.owners[object] = process;
    else if (owner !== process) this.owners[object] = SEVERAL;
    if (isStore) this.learn(object, STORED);
    return this.review(object);
  }

  /** A load by the way has found a value that is no object in the variable. */
  findData(object: number): void {
    if (this.isKnownShared(object)) return;
    this.learn(object, HOLDS_DATA);
    this.review(object);
  }

  /** Has the variable been found to be shared? */
  isKnownShared(object: number): boolean {
    return this.owners[object] === SEVERAL && this.facts[object] !== 0;
  }

  private learn(object: number, fact: number): void {
    this.facts[object] = (this.facts[object] as number) | fact;
  }

  private review(object: number): boolean {
    const isShared = this.isKnownShared(object);
    if (isShared) this.isStale = true;
    return isShared;
  }

  private grow(object: number): void {
    const size = Math.max(object + 1, this.owners.length * 2);
    const owners = new Int32Array(size).fill(NOBODY);
    owners.set(this.owners);
    this.owners = owners;
    const facts = new Uint8Array(size);
    facts.set(this.facts);
    this.facts = facts;
  }
}
