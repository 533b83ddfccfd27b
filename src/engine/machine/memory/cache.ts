/** One level: direct-mapped. Sizes that are no power of two are rounded down to one. Costs in ticks. */
interface Level {
  readonly lines: Int32Array;
  readonly mask: number;
  /** Filling a line from the next level, when the prefetcher saw it coming and when not. */
  readonly fillSequential: number;
  readonly fillRandom: number;
}

/** A level as the cost profile describes it; costs in ticks. */
export interface LevelDescription {
  readonly bytes: number;
  readonly fillSequential: number;
  readonly fillRandom: number;
}

const EMPTY = -1;

/**
 * A core's data caches by physical line number. A miss costs the fill of every level that missed; misses that go up line
 * by line cost the prefetched fill. The nearest level is public so that a hit can be tested in place.
 */
export class Cache {
  /** The nearest level: line `l` is present where `nearest[l & nearestMask] === l`. */
  readonly nearest: Int32Array;
  readonly nearestMask: number;
  misses = 0;
  private readonly levels: readonly Level[];
  private lastMiss = Number.NaN;

  /**
   * @param lineBytes Bytes of a line.
   * @param levels Nearest first, at least one.
   * @param neighbour The caches of another core, with whom the last level is shared where there are several.
   */
  constructor(lineBytes: number, levels: readonly LevelDescription[], neighbour?: Cache) {
    this.levels = levels.map(({ bytes, fillSequential, fillRandom }, index) => {
      const isShared = neighbour !== undefined && index > 0 && index === levels.length - 1;
      if (isShared) return neighbour.levels[index] as Level;
      const count = 2 ** Math.floor(Math.log2(bytes / lineBytes));
      return { lines: new Int32Array(count).fill(EMPTY), mask: count - 1, fillSequential, fillRandom };
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
    let ticks = 0;
    for (const level of this.levels) {
      const slot = line & level.mask;
      if (level.lines[slot] === line) break;
      level.lines[slot] = line;
      ticks += isSequential ? level.fillSequential : level.fillRandom;
    }
    return ticks;
  }

  /** Another core wrote the line: it is no longer valid here. */
  invalidate(line: number): void {
    for (const level of this.levels) {
      if (level.lines[line & level.mask] === line) level.lines[line & level.mask] = EMPTY;
    }
  }

  /** Bytes pass through the caches (the kernel copies, or works on its own data): what they push out is gone. */
  pollute(firstLine: number, count: number): void {
    for (let line = firstLine; line < firstLine + count; line++) {
      for (const level of this.levels) level.lines[line & level.mask] = line;
    }
  }
}
