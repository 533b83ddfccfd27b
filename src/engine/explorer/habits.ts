/**
 * What executions so far have shown the program to do. An operation that concerns a whole process is rare, and makes every step of that process depend on it; so that
 * is taken into account only from when it is known to happen, and then the search begins again.
 */
export class Habits {
  /** Something new was learnt: what was found until now was found with too few steps. */
  isStale = false;
  /** Numbers (of the process as an object) of the processes that others end or interrupt at any moment, or that copy themselves while several threads run. */
  private readonly disturbed = new Set<number>();
  /** Of those, the ones in which every access counts: a handler or a copy looks at what the interrupted thread was doing. */
  private readonly observed = new Set<number>();
  /** Somebody waits for whichever child ends first. */
  private waitsForAny = false;
  /** Somebody waits for whichever source has something to read first. */
  private pollsSources = false;

  disturb(life: number, isObserved: boolean): void {
    this.add(this.disturbed, life);
    if (isObserved) this.add(this.observed, life);
  }

  private add(set: Set<number>, life: number): void {
    if (set.has(life)) return;
    set.add(life);
    this.isStale = true;
  }

  isDisturbed(life: number): boolean {
    return this.disturbed.size > 0 && this.disturbed.has(life);
  }

  isObserved(life: number): boolean {
    return this.observed.size > 0 && this.observed.has(life);
  }

  get waitsForAnyChild(): boolean {
    return this.waitsForAny;
  }

  /** A `waitpid` without a pid was met. */
  meetWaitForAny(): void {
    this.isStale ||= !this.waitsForAny;
    this.waitsForAny = true;
  }

  get polls(): boolean {
    return this.pollsSources;
  }

  /** A `poll` was met. */
  meetPoll(): void {
    this.isStale ||= !this.pollsSources;
    this.pollsSources = true;
  }
}
