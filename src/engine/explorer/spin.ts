import { NONE } from './model.ts';

/** One thread going round in a spin loop: having looked at everything once, it waits until something of it has changed. */
export class Spin {
  /** It waits. */
  isWaiting = false;
  private loop = -1;
  private isDisturbed = false;
  /** Steps that changed something it had looked at in this round. */
  private changes: number[] = [];
  private looked: number[] = [];
  /** Sites passed in this round. */
  private passed: number[] = [];

  /**
   * The thread stands before an operation at this site (`loops`: see `findSpinLoops`). Answers the steps without which it would have to wait here.
   */
  arrive(site: number, loops: Int32Array): readonly number[] {
    const loop = loops[site] ?? -1;
    if (loop !== this.loop) this.begin(loop);
    if (loop < 0) return NONE;
    let causes = NONE;
    if (this.passed.includes(site)) {
      this.isWaiting = !this.isDisturbed && this.changes.length === 0;
      if (this.isWaiting) return NONE;
      // Where there are several, any one of them would do.
      if (!this.isDisturbed && this.changes.length === 1) causes = this.changes;
      this.begin(loop);
    }
    this.passed.push(site);
    return causes;
  }

  /** The thread has just looked at an object. */
  reads(object: number): void {
    if (this.loop >= 0) this.looked.push(object);
  }

  /** The thread itself has changed something: this round was not idle. */
  disturb(): void {
    this.isDisturbed = true;
  }

  /** A signal's handler runs before the thread goes on: the round begins again. */
  interrupt(): void {
    this.begin(-1);
  }

  /** An object has changed in this step. True where the thread was waiting for that. */
  notice(object: number, step: number): boolean {
    if (this.loop < 0 || !this.looked.includes(object)) return false;
    this.changes.push(step);
    if (!this.isWaiting) return false;
    const site = this.passed[0] as number;
    this.begin(this.loop);
    this.passed.push(site);
    return true;
  }

  private begin(loop: number): void {
    this.loop = loop;
    this.isDisturbed = this.isWaiting = false;
    this.changes = [];
    this.looked = [];
    this.passed = [];
  }
}
