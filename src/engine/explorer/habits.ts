import type { Program } from '../language/index.ts';

/** Calls by which a process is copied. */
const COPYING = ['fork', 'Process'];
/** Calls by which a process is ended or interrupted from outside. */
const DISTURBING = [...COPYING, 'kill', 'alarm'];

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
  /** Somebody waits for whichever child ends first, so their ends are steps. */
  waitsForAnyChild = false;
  /** Threads are detached: the process may end while they run, so the ends of its threads are steps. */
  detaches = false;

  /** Somebody looks whether a source has something to read, without reading: so the end of its last writer is a step. */
  looksAtSources = false;

  /** Somebody looks at a source. */
  meetLook(): void {
    this.isStale ||= !this.looksAtSources;
    this.looksAtSources = true;
  }

  /** Somebody asks who its parent is: so the end of a process with children is a step. */
  asksForParent = false;

  /** A `getppid` was met. */
  meetAskForParent(): void {
    this.isStale ||= !this.asksForParent;
    this.asksForParent = true;
  }

  /** The process with this number is ended or interrupted from outside, or copied with several threads. */
  disturb(life: number, isObserved: boolean): void {
    this.add(this.disturbed, life);
    if (isObserved) this.add(this.observed, life);
  }

  private add(set: Set<number>, life: number): void {
    if (set.has(life)) return;
    set.add(life);
    this.isStale = true;
  }

  /** Does each step of this process depend on what happens to it as a whole? */
  isDisturbed(life: number): boolean {
    return this.disturbed.size > 0 && this.disturbed.has(life);
  }

  /** Is every access of this process a step? */
  isObserved(life: number): boolean {
    return this.observed.size > 0 && this.observed.has(life);
  }

  /** A `waitpid` without a pid was met. */
  meetWaitForAny(): void {
    this.isStale ||= !this.waitsForAnyChild;
    this.waitsForAnyChild = true;
  }

  /** A thread was detached. */
  meetDetach(): void {
    this.isStale ||= !this.detaches;
    this.detaches = true;
  }
}

/** Whatever a program might do, by the calls in its text, it is taken to do: so a schedule means the same to whoever replays it, without a search before. */
export class SupposedHabits extends Habits {
  private readonly disturbs: boolean;
  private readonly observes: boolean;

  constructor({ sites }: Program) {
    super();
    const called = new Set(sites.map(({ name }) => name.replace(/^\./, '')));
    const calls = (...names: readonly string[]) => names.some((name) => called.has(name));
    this.disturbs = calls(...DISTURBING);
    // A handler, or a copy of a process with several threads, looks at a thread halfway.
    this.observes = calls('signal') || (calls(...COPYING) && calls('Thread'));
    this.asksForParent = calls('getppid');
    this.looksAtSources = calls('poll', 'readable', 'onReadable');
    this.waitsForAnyChild = calls('waitpid');
    this.detaches = calls('detach');
  }

  override isDisturbed(): boolean {
    return this.disturbs;
  }

  override isObserved(): boolean {
    return this.observes;
  }
}
