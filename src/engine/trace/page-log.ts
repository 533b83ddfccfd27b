/** Changes of page tables that are kept; a run with more shows its memory as it was at the end. */
const MOST_CHANGES = 50_000;

/** Numbers in one change: events before it, process, page, frame (-1: none), 1 where copied on write. */
export const PAGE_CHANGE = 5;

/** When each page came into memory, moved and left. */
export class PageLog {
  private readonly changes: number[] = [];
  private isFull = false;

  /** A page of an address space is in this frame from now on; -1: in none. `events`: those that came before. */
  add(events: number, space: number, page: number, frame: number, copyOnWrite: boolean): void {
    this.isFull ||= this.changes.length >= MOST_CHANGES * PAGE_CHANGE;
    if (!this.isFull) this.changes.push(events, space, page, frame, copyOnWrite ? 1 : 0);
  }

  /** All changes with the number of the process in place of that of its space; null where they were too many. */
  columns(pidOf: (space: number) => number): Int32Array | null {
    if (this.isFull) return null;
    return Int32Array.from(this.changes, (value, index) =>
      index % PAGE_CHANGE === 1 ? pidOf(value) : value,
    );
  }
}
