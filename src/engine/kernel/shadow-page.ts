/** Words of a page. */
export const PAGE_WORDS = 512;

/**
 * Where a word's facts lie among those of its page, from `word * FIELDS` on. An access is a thread's number, a time of that thread's clock (0: there was
 * none) and a site.
 */
export const FIELDS = 8;
export const WRITE_TIME = 0;
export const WRITE_THREAD = 1;
export const WRITE_SITE = 2;
export const READ_TIME = 3;
export const READ_THREAD = 4;
export const READ_SITE = 5;
/** Which of the page's `SharedReads` are the word's, counted from 1; 0 for none. */
export const SHARED = 6;

/** The last reads of a word by threads that are not ordered among each other, in the order in which they first read it. */
export class SharedReads {
  count = 0;
  readonly threads: number[] = [];
  readonly times: number[] = [];
  readonly sites: number[] = [];

  /** The thread's last read. */
  set(thread: number, time: number, site: number): void {
    let place = 0;
    while (place < this.count && this.threads[place] !== thread) place++;
    if (place === this.count) this.count++;
    this.threads[place] = thread;
    this.times[place] = time;
    this.sites[place] = site;
  }
}

/** What the race detector remembers of the words of one page: the last write, and the last read or all reads since it. */
export class ShadowPage {
  readonly facts = new Int32Array(PAGE_WORDS * FIELDS);
  private readonly shared: SharedReads[] = [];

  /** All reads of a word since its last write, where one does not stand for them. */
  sharedReads(word: number): SharedReads | null {
    const index = this.facts[word * FIELDS + SHARED] as number;
    if (index === 0) return null;
    const reads = this.shared[index - 1] as SharedReads;
    return reads.count === 0 ? null : reads;
  }

  /** From now on all reads of the word are kept. */
  share(word: number): SharedReads {
    const place = word * FIELDS + SHARED;
    if (this.facts[place] === 0) this.facts[place] = this.shared.push(new SharedReads());
    return this.shared[(this.facts[place] as number) - 1] as SharedReads;
  }
}
