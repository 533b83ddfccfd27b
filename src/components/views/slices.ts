import type { Lane } from './lanes.ts';

/** A piece of a lane to draw. `index`: the stretch it stands for; `many`: it stands for several too short to tell apart. */
export interface Slice {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly many: boolean;
}

/** The first stretch that ends after `time`; the lane's length where none does. */
export function firstEndingAfter(lane: Pick<Lane, 'ends'>, time: number): number {
  let low = 0;
  let high = lane.ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lane.ends[middle] as number) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The stretch at a time, or -1. */
export function stretchAt(lane: Pick<Lane, 'starts' | 'ends'>, time: number): number {
  const index = firstEndingAfter(lane, time);
  return index < lane.starts.length && (lane.starts[index] as number) <= time ? index : -1;
}

/**
 * What to draw of a lane between two times on a strip of `pixels`. At most two slices a pixel, found by bisection, so
 * that the cost depends on the width of the picture and not on the length of the run.
 */
export function slicesOf(lane: Lane, from: number, to: number, pixels: number): Slice[] {
  const pixel = (to - from) / pixels;
  const slices: Slice[] = [];
  let index = firstEndingAfter(lane, from);
  while (index < lane.starts.length) {
    const start = lane.starts[index] as number;
    const end = lane.ends[index] as number;
    if (start >= to) break;
    if (end - start >= pixel) {
      slices.push({ index, start, end, many: false });
      index++;
      continue;
    }
    const edge = from + (Math.floor((start - from) / pixel) + 1) * pixel;
    const next = Math.max(index + 1, firstEndingAfter(lane, edge));
    slices.push({ index, start, end: Math.max(end, Math.min(edge, start + pixel)), many: next > index + 1 });
    index = next;
  }
  return slices;
}
