import { areDependent, type Step } from './dependence.ts';

/** Steps in order, the first `length` of `steps`: one such list serves a whole search, for most sequences are looked at and dropped. */
export class StepSequence {
  length = 0;
  private readonly steps: Step[] = [];

  clear(): void {
    this.length = 0;
  }

  push(step: Step): void {
    this.steps[this.length++] = step;
  }

  /** A list of its own. */
  toArray(): Step[] {
    return this.steps.slice(0, this.length);
  }

  /** Can the sequence begin with `step`, either because it is one of its steps that depends on none before it, or because it depends on none at all? */
  canBeginWith(step: Step): boolean {
    return this.placeOf(step) >= 0;
  }

  /** The same; where the step is one of the sequence, it is taken out of it. */
  begin(step: Step): boolean {
    const place = this.placeOf(step);
    if (place < 0) return false;
    if (place === this.length) return true;
    const { steps } = this;
    this.length--;
    for (let i = place; i < this.length; i++) steps[i] = steps[i + 1] as Step;
    return true;
  }

  /** Where in the sequence the step is; the length where it is not and depends on nothing in it; -1 where something comes before it. */
  private placeOf(step: Step): number {
    const { steps, length } = this;
    for (let i = 0; i < length; i++) {
      const other = steps[i] as Step;
      if (other.process === step.process) return i;
      if (areDependent(step, other)) return -1;
    }
    return length;
  }
}
