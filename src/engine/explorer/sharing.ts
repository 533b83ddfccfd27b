/** The variable is touched by more than one process. */
const SHARED = -2;
const UNKNOWN = -1;

/**
 * Which variables more than one process touches, as far as the executions so far have shown. An access to any other is nothing a
 * schedule could change, so it is no step. Found out on the way: a variable belongs to the first process that touches it while others exist; when a second
 * one comes along, what was found until then was found with too few steps, and the search begins again.
 */
export class Sharing {
  /** A variable turned out to be shared that had been taken for one process's own. */
  isStale = false;
  private owners = new Int32Array(256).fill(UNKNOWN);

  /** Is the variable with this number shared, now that this process touches it? */
  isShared(object: number, process: number): boolean {
    if (object >= this.owners.length) this.grow(object);
    const owner = this.owners[object] as number;
    if (owner === SHARED) return true;
    if (owner === process) return false;
    if (owner === UNKNOWN) {
      this.owners[object] = process;
      return false;
    }
    this.owners[object] = SHARED;
    this.isStale = true;
    return true;
  }

  /** Has the variable been found to be shared? */
  isKnownShared(object: number): boolean {
    return this.owners[object] === SHARED;
  }

  private grow(object: number): void {
    const owners = new Int32Array(Math.max(object + 1, this.owners.length * 2)).fill(UNKNOWN);
    owners.set(this.owners);
    this.owners = owners;
  }
}
