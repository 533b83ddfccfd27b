/** Owners: nobody yet, more than one process. */
const NOBODY = -1;
const SEVERAL = -2;

/** What is known of a variable besides: somebody has stored to it, or found a value in it that is no object. */
const STORED = 1;
const HOLDS_DATA = 2;

/** The thread that touches a variable, in the execution under way. */
export interface Toucher {
  readonly process: number;
  /** Who made it; -1 for the first. */
  readonly creator: number;
  /** Threads that had been made before it. */
  readonly rank: number;
}

/**
 * Which variables more than one process touches, as far as the executions so far have shown. An access to any other is nothing a schedule could change, so it is no step. Nor is one to a
 * variable that holds an object and that nobody stores to while there are threads: it is as good as a constant. Found out on the way: a variable belongs to the first process that touches it
 * while others exist; a thread that its owner makes later may inherit it; when a second
 * one comes along otherwise, what was found until then was found with too few steps, and the search begins again.
 */
export class Sharing {
  /** A variable turned out to be shared that had been taken for one process's own. */
  isStale = false;
  private owners = new Int32Array(256).fill(NOBODY);
  private facts = new Uint8Array(256);
  /** Who had a variable before it went to its owner. */
  private readonly formerOwners = new Map<number, number>();
  /** Threads there were when the owner last touched a variable of its own in the execution under way. */
  private readonly touched = new Map<number, number>();

  /** An execution begins. */
  begin(): void {
    this.touched.clear();
  }

  /** Is the variable with this number shared, now that this thread touches it, `made` threads having been made so far? `exists` tells which. */
  isShared(
    object: number,
    by: Toucher,
    isStore: boolean,
    made: number,
    exists: (process: number) => boolean,
  ): boolean {
    if (object >= this.owners.length) this.grow(object);
    const was = this.isKnownShared(object);
    if (was) return true;
    const owner = this.owners[object] as number;
    const isBeforeOwner = this.formerOwners.get(object) === by.process && !exists(owner);
    if (owner === NOBODY) this.owners[object] = by.process;
    else if (owner !== by.process && !isBeforeOwner) this.owners[object] = this.heirOf(object, owner, by);
    if (this.owners[object] === by.process) this.touched.set(object, made);
    if (isStore) this.learn(object, STORED);
    return this.review(object);
  }

  /** The next owner: a thread that the old one made when it had touched the variable for the last time, as far as is known. */
  private heirOf(object: number, owner: number, by: Toucher): number {
    const last = this.touched.get(object);
    if (by.creator !== owner || last === undefined || last > by.rank) return SEVERAL;
    this.formerOwners.set(object, owner);
    return by.process;
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
