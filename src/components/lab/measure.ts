/** How a duration is taken where the clock is coarse: repeat until the whole takes long enough, several times, and take the median. */

/** Work to be timed: does `count` repetitions. */
export type Work = (count: number) => void | Promise<void>;

/** Milliseconds since some start, as `performance.now` has it. */
export type Clock = () => number;

/** What was measured: nanoseconds for one repetition; the middle round and the fastest and slowest. */
export interface Measurement {
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

const ROUNDS = 5;
/** Long enough that a clock of 0.1 ms, as browsers give it, errs by less than 1 %. */
const ROUND_MS = 20;
const MOST = 2 ** 30;

/** Times one repetition of `work`. Doubles the repetitions until a round takes `roundMs`; these rounds also warm it up. */
export async function measure(work: Work, clock: Clock, roundMs = ROUND_MS): Promise<Measurement> {
  let count = 1;
  while ((await time(work, count, clock)) < roundMs && count < MOST) count *= 2;
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(((await time(work, count, clock)) * 1e6) / count);
  }
  return summary(rounds);
}

/** Median, fastest and slowest of an odd number of rounds. */
export function summary(rounds: readonly number[]): Measurement {
  const sorted = [...rounds].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { median: at(Math.floor(sorted.length / 2)), fastest: at(0), slowest: at(sorted.length - 1) };
}

async function time(work: Work, count: number, clock: Clock): Promise<number> {
  const start = clock();
  await work(count);
  return clock() - start;
}

/** A duration in nanoseconds with three digits and a unit: `12.3 ns`, `1.85 µs`, `24.7 ms`. */
export function duration(nanoseconds: number): string {
  const [value, unit] =
    nanoseconds < 1e3
      ? [nanoseconds, 'ns']
      : nanoseconds < 1e6
        ? [nanoseconds / 1e3, 'µs']
        : [nanoseconds / 1e6, 'ms'];
  return `${Number(value.toPrecision(3))} ${unit}`;
}
