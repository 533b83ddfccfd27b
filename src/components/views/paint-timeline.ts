import type { Player } from './cast.ts';
import { formatTime } from './format.ts';
import { type Lane, LaneState } from './lanes.ts';
import { slicesOf } from './slices.ts';
import { ticksOf } from './ticks.ts';
import type { Window } from './window.ts';

/** Sizes of the picture, CSS pixels. */
export const sizes = { row: 24, axis: 22, label: 112 } as const;

/** Everything a picture of the timeline depends on. */
export interface TimelinePicture {
  readonly rows: readonly Lane[];
  /** For the rows of cores, what each core paid; for those of threads, what each held. */
  readonly strips: ReadonlyMap<Lane, Lane>;
  readonly cast: ReadonlyMap<number, Player>;
  readonly window: Window;
  readonly width: number;
  readonly height: number;
  /** Pixels scrolled down. */
  readonly top: number;
  /** Time of the cursor, or null. */
  readonly cursor: number | null;
  readonly measure: Window | null;
  /** Resolves a CSS colour such as `var(--idle)` for the canvas. */
  readonly colour: (css: string) => string;
}

type Pen = CanvasRenderingContext2D;

/** Draw the part of the timeline that is in sight. */
export function paintTimeline(pen: Pen, picture: TimelinePicture): void {
  const { rows, width, height, top, colour } = picture;
  pen.clearRect(0, 0, width, height);
  pen.font = '12px system-ui, sans-serif';
  pen.textBaseline = 'middle';
  const first = Math.max(0, Math.floor(top / sizes.row));
  for (let row = first; row < rows.length; row++) {
    const y = sizes.axis + row * sizes.row - top;
    if (y > height) break;
    paintRow(pen, picture, rows[row] as Lane, y);
  }
  pen.fillStyle = colour('var(--paper-raised)');
  pen.fillRect(0, 0, width, sizes.axis);
  paintAxis(pen, picture);
  paintMeasure(pen, picture);
}

const xOf = ({ window: { from, to }, width }: TimelinePicture, time: number) =>
  sizes.label + ((time - from) / (to - from)) * (width - sizes.label);

function paintRow(pen: Pen, picture: TimelinePicture, lane: Lane, y: number): void {
  const { window, width, colour, cast } = picture;
  const strip = width - sizes.label;
  const high = sizes.row - 4;
  pen.save();
  pen.beginPath();
  pen.rect(sizes.label, y, strip, sizes.row);
  pen.clip();
  if (lane.kind === 'core') {
    pen.fillStyle = colour('var(--idle)');
    pen.fillRect(sizes.label, y + 2, strip, high);
  }
  for (const slice of slicesOf(lane, window.from, window.to, strip)) {
    const x = xOf(picture, slice.start);
    const wide = Math.max(1, xOf(picture, slice.end) - x);
    const state = lane.states[slice.index] ?? 0;
    const tid = lane.kind === 'core' ? (lane.details[slice.index] ?? 0) : lane.id;
    paintStretch(pen, picture, state, cast.get(tid)?.hue ?? 'var(--kernel)', x, y + 2, wide, high);
    if (lane.kind === 'core' && wide > 40 && !slice.many) {
      pen.fillStyle = colour('var(--paper-raised)');
      pen.fillText(cast.get(tid)?.name ?? '', Math.max(x, sizes.label) + 5, y + sizes.row / 2, wide - 8);
    }
  }
  const below = picture.strips.get(lane);
  if (below) {
    pen.fillStyle = colour(lane.kind === 'core' ? 'var(--overhead)' : 'var(--ink-strong)');
    const thick = lane.kind === 'core' ? 5 : 2;
    for (const slice of slicesOf(below, window.from, window.to, strip)) {
      const x = xOf(picture, slice.start);
      pen.fillRect(x, y + sizes.row - 2 - thick, Math.max(1, xOf(picture, slice.end) - x), thick);
    }
  }
  pen.restore();
  pen.fillStyle = colour('var(--ink)');
  pen.fillText(lane.label, 8, y + sizes.row / 2, sizes.label - 16);
}

/** States differ by height and pattern as well as by colour: a full bar runs, a thin one is ready, a line waits, dots sleep. */
function paintStretch(
  pen: Pen,
  { colour }: TimelinePicture,
  state: number,
  hue: string,
  x: number,
  y: number,
  wide: number,
  high: number,
): void {
  const middle = y + high / 2;
  if (state === LaneState.Running) {
    pen.fillStyle = colour(hue);
    pen.fillRect(x, y, wide, high);
  } else if (state === LaneState.Ready) {
    pen.fillStyle = colour(hue);
    pen.globalAlpha = 0.4;
    pen.fillRect(x, middle - 3, wide, 6);
    pen.globalAlpha = 1;
  } else {
    pen.strokeStyle = colour('var(--kernel)');
    pen.lineWidth = 1.5;
    pen.setLineDash(state === LaneState.Asleep ? [2, 4] : []);
    pen.beginPath();
    pen.moveTo(x, middle);
    pen.lineTo(x + wide, middle);
    pen.stroke();
    pen.setLineDash([]);
  }
}

function paintAxis(pen: Pen, picture: TimelinePicture): void {
  const { window, width, colour } = picture;
  pen.fillStyle = colour('var(--ink-soft)');
  for (const tick of ticksOf(window.from, window.to, (width - sizes.label) / 110)) {
    const x = xOf(picture, tick);
    pen.fillRect(x, sizes.axis - 5, 1, 5);
    pen.fillText(formatTime(tick), x + 4, sizes.axis / 2);
  }
}

function paintMeasure(pen: Pen, picture: TimelinePicture): void {
  const { measure, cursor, height, colour } = picture;
  if (measure) {
    const [x, end] = [xOf(picture, measure.from), xOf(picture, measure.to)];
    pen.globalAlpha = 0.2;
    pen.fillStyle = colour('var(--accent)');
    pen.fillRect(x, 0, end - x, height);
    pen.globalAlpha = 1;
  }
  if (cursor !== null) {
    pen.fillStyle = colour('var(--accent)');
    pen.fillRect(xOf(picture, cursor) - 1, 0, 2, height);
  }
}
