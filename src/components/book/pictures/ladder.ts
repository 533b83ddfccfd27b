/** Measured times on a scale where each step is ten times the one before: from a few nanoseconds to a millisecond in one picture. */
import { formatTime } from '../../views/format.ts';

/** A figure of the sources, as far as it is drawn. */
export interface Measured {
  readonly value: number | string;
  readonly unit: string;
}

/** From the shortest to the longest of some measurements, in nanoseconds. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const NANOSECONDS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6 };

/** The range of some figures: each a time, or two times with a dash between. */
export function rangeOf(figures: readonly Measured[]): Range {
  const times = figures.flatMap(({ value, unit }) => {
    const factor = NANOSECONDS[unit];
    const numbers = String(value).split('-').map(Number);
    if (!factor || numbers.some(Number.isNaN))
      throw new Error(`“${value} ${unit}” is no time that could be drawn.`);
    return numbers.map((number) => number * factor);
  });
  return { low: Math.min(...times), high: Math.max(...times) };
}

/** `74 ns`, or `736 ns to 1.4 µs`, at most two digits more exact than that. */
export function rangeText({ low, high }: Range): string {
  const [from, to] = [low, high].map((time) => formatTime(Number(time.toPrecision(2))));
  return from === to ? `${from}` : `${from} to ${to}`;
}

/** Where a range begins and ends between `from` and `to`, in percent; a single time has a width too, so that it is seen. */
export function placeOf({ low, high }: Range, from: number, to: number): { start: number; end: number } {
  const place = (time: number) => (100 * Math.log10(time / from)) / Math.log10(to / from);
  return { start: place(low), end: Math.max(place(high), place(low) + 1.5) };
}
