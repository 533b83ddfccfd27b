/** The part of a run that a picture shows: virtual nanoseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The shortest part that can be shown. */
const shortest = 1;

/** Keep a window inside the run and no shorter than a nanosecond. */
function inside({ from, to }: Window, end: number): Window {
  const length = Math.min(Math.max(to - from, shortest), Math.max(end, shortest));
  const start = Math.min(Math.max(from, 0), Math.max(end, shortest) - length);
  return { from: start, to: start + length };
}

/** Make the window `factor` times as long around a time that keeps its place. */
export function zoom({ from, to }: Window, factor: number, around: number, end: number): Window {
  return inside({ from: around - (around - from) * factor, to: around + (to - around) * factor }, end);
}

/** Move the window by a share of its length. */
export function pan({ from, to }: Window, share: number, end: number): Window {
  const by = (to - from) * share;
  return inside({ from: from + by, to: to + by }, end);
}

/** Move the window, if need be, so that a time is in it. */
export function reveal(window: Window, time: number, end: number): Window {
  if (time >= window.from && time <= window.to) return window;
  const half = (window.to - window.from) / 2;
  return inside({ from: time - half, to: time + half }, end);
}

/** The whole run. */
export const whole = (end: number): Window => inside({ from: 0, to: end }, end);

/** What a key does to a window: W A S D by where they are on the keyboard, and arrows. Null for any other key. */
export function keyMove(window: Window, code: string, end: number): Window | null {
  const middle = (window.from + window.to) / 2;
  switch (code) {
    case 'KeyW':
    case 'ArrowUp':
    case 'Equal':
      return zoom(window, 0.6, middle, end);
    case 'KeyS':
    case 'ArrowDown':
    case 'Minus':
      return zoom(window, 1 / 0.6, middle, end);
    case 'KeyA':
    case 'ArrowLeft':
      return pan(window, -0.2, end);
    case 'KeyD':
    case 'ArrowRight':
      return pan(window, 0.2, end);
    case 'KeyF':
    case 'Home':
      return whole(end);
    default:
      return null;
  }
}
