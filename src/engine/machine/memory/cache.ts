/** A level as the cost profile describes it; costs in ticks. */
export interface LevelDescription {
  readonly bytes: number;
  /** Places a line may be in; 1 (the default): direct-mapped. The nearest level is always direct-mapped. */
  readonly ways?: number;
  /** Filling a line from the next level, when the prefetcher saw it coming and when not. */
  readonly fillSequential: number;
  readonly fillRandom: number;
}

const EMPTY = 0;

/**
 * One level: sets of lines, the most recently used first. Line `l` is written as `~l`, so that arrays of zeros, which cost nothing to make, are empty.
 */
class Level {
  readonly lines: Int32Array;
  readonly mask: number;
  readonly ways: number;
  readonly fillSequential: number;
  readonly fillRandom: number;

  constructor({ bytes, ways = 1, fillSequential, fillRandom }: LevelDescription, lineBytes: number) {
    const sets = 2 ** Math.floor(Math.log2(bytes / lineBytes / ways));
    this.lines = new Int32Array(sets * ways);
    this.mask = sets - 1;
    this.ways = ways;
    this.fillSequential = fillSequential;
    this.fillRandom = fillRandom;
  }

  /** Makes the line the most recent of its set. Returns whether it was there; if not, the least recent is gone. */
  use(line: number): boolean {
    const { lines, ways } = this;
    const first = (line & this.mask) * ways;
    const entry = ~line;
    let moved = entry;
    for (let way = first; way < first + ways; way++) {
      const other = lines[way] as number;
      lines[way] = moved;
      if (other === entry) return true;
      moved = other;
    }
    return false;
  }

  drop(line: number): void {
    const first = (line & this.mask) * this.ways;
    for (let way = first; way < first + this.ways; way++)
      if (this.lines[way] === ~line) this.lines[way] = EMPTY;
  }
}

/**
 * A core's data caches by physical line number: each level a set-associative cache that drops the least recently used line. A miss costs the fill of every level that
 * missed; misses that go up line by line cost the prefetched fill. The nearest level is public so that a hit can be tested in place.
 */
export class Cache {
  /** The nearest level: line `l` is present where `nearest[l & nearestMask] === ~l`. */
  readonly nearest: Int32Array;
  readonly nearestMask: number;
  misses = 0;
  private readonly levels: readonly Level[];
  /** A small integer from the start: engines keep the field as one. */
  private lastMiss = -2;

  /**
   * @param lineBytes Bytes of a line.
   * @param levels Nearest first, at least one.
   * @param neighbour The caches of another core, with whom the last level is shared where there are more than two.
   */
  constructor(lineBytes: number, levels: readonly LevelDescription[], neighbour?: Cache) {
    this.levels = levels.map((level, index) => {
      const isShared = neighbour !== undefined && index > 1 && index === levels.length - 1;
      return isShared
        ? (neighbour.levels[index] as Level)
        : new Level(index === 0 ? { ...level, ways: 1 } : level, lineBytes);
    });
    const [nearest] = this.levels;
    if (!nearest) throw new RangeError('A cache needs at least one level.');
    this.nearest = nearest.lines;
    this.nearestMask = nearest.mask;
  }

  /** Bring a line in that the nearest level does not have. Returns the ticks it took. */
  fill(line: number): number {
    this.misses++;
    const isSequential = line === this.lastMiss + 1;
    this.lastMiss = line;
    const { levels } = this;
    const [nearest] = levels as [Level];
    this.nearest[line & this.nearestMask] = ~line;
    let ticks = isSequential ? nearest.fillSequential : nearest.fillRandom;
    for (let i = 1; i < levels.length; i++) {
      const level = levels[i] as Level;
      if (level.use(line)) break;
      ticks += isSequential ? level.fillSequential : level.fillRandom;
    }
    return ticks;
  }

  /** Another core wrote the line: it is no longer valid here. */
  invalidate(line: number): void {
    for (const level of this.levels) level.drop(line);
  }

  /** Bytes pass through the caches (the kernel copies, or works on its own data): what they push out is gone. */
  pollute(firstLine: number, count: number): void {
    for (let line = firstLine; line < firstLine + count; line++)
      for (const level of this.levels) level.use(line);
  }
}
