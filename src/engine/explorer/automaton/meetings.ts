import type { ProgramOperation } from '../program-operation.ts';
import type { ThreadNode } from './thread-node.ts';

/** Where a thread is in its tree: at a node, or on the way from one to the next. */
export interface Cursor {
  node: ThreadNode | null;
  /** Where it comes from, and what was answered there; null for the first thread. */
  from: ThreadNode | null;
  label: number;
  /** On the way it has done something that it may remember, and that no node tells. */
  isMarked: boolean;
}

/** A cursor at a node, or on the way from one. */
export function cursorAt(node: ThreadNode | null, from: ThreadNode | null, label: number): Cursor {
  return { node, from, label, isMarked: false };
}

/** What a new thread begins with, in place of an answer. */
export const BEGINNING = -1;
/** Sites a program can have, as far as keys go. */
const MOST_SITES = 2 ** 20;

/**
 * Lets lives of a thread go on as one where it has forgotten in what they differ: at the same one of `obliviousSites`, come to for the same time. A thread that has stored to a variable of its own may remember
 * by that, and is left alone from then on. So is the first thread, for what it has made is remembered all over the program.
 */
export class Meetings {
  private readonly sites: ReadonlySet<number>;

  constructor(sites: ReadonlySet<number>) {
    this.sites = sites;
  }

  /** The site of an operation where lives can meet in front of it; else -1. */
  siteOf(operation: ProgramOperation | null): number {
    return operation !== null && this.sites.has(operation.site) ? operation.site : -1;
  }

  /** What another life of the thread has come to at this site. */
  find({ from, isMarked }: Cursor, site: number): ThreadNode | undefined {
    if (site < 0 || isMarked || !from?.meetings) return undefined;
    return from.meetings.get((from.met + 1) * MOST_SITES + site);
  }

  /** A life of the thread has come to a node that is new; `site` is -1 where lives do not meet. */
  enrol({ from, label, isMarked }: Cursor, node: ThreadNode, site: number): void {
    if (this.sites.size === 0 || from === null || isMarked) return;
    const isFirst = label === BEGINNING;
    node.meetings = isFirst ? new Map() : from.meetings;
    node.met = isFirst ? 0 : from.met;
    if (site >= 0) node.meetings?.set(++node.met * MOST_SITES + site, node);
  }
}
