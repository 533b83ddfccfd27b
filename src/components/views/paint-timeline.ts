import type { Player } from './cast.ts';
import { formatTime } from './format.ts';
import type { Instant } from './instants.ts';
import { type Lane, LaneState } from './lanes.ts';
import { slicesOf } from './slices.ts';
import { ticksOf } from './ticks.ts';
import type { Window } from './window.ts';

/** Sizes of the picture, CSS pixels. `pad`: room behind the end for a sign that stands there. */
export const sizes = { row: 24, axis: 22, label: 112, pad: 8 } as const;

/** How wide the part of a picture is where time runs. */
export const stripWidth = (width: number): number => Math.max(1, width - sizes.label - sizes.pad);

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
  /** Where the run ends; the window goes on where another run is longer. */
  readonly end: number;
  readonly measure: Window | null;
  /** What happens at single times. */
  readonly instants: readonly Instant[];
  /** The thread to make stand out; 0 for none. */
  readonly pointed: number;
  /** Font of the words. */
  readonly font: string;
  /** Resolves a CSS colour such as `var(--idle)` for the canvas. */
  readonly colour: (css: string) => string;
}

type Pen = CanvasRenderingContext2D;

/** Draw the part of the timeline that is in sight. */
export function paintTimeline(pen: Pen, picture: TimelinePicture): void {
  const { rows, width, height, top, colour } = picture;
  pen.clearRect(0, 0, width, height);
  pen.font = `12px ${picture.font}`;
  pen.textBaseline = 'middle';
  const first = Math.max(0, Math.floor(top / sizes.row));
  for (let row = first; row < rows.length; row++) {
    const y = sizes.axis + row * sizes.row - top;
    if (y > height) break;
    paintRow(pen, picture, rows[row] as Lane, y);
  }
  paintInstants(pen, picture);
  pen.fillStyle = colour('var(--paper-raised)');
  pen.fillRect(0, 0, width, sizes.axis);
  paintAxis(pen, picture);
  paintMeasure(pen, picture);
}

const xOf = ({ window: { from, to }, width }: TimelinePicture, time: number) =>
  sizes.label + ((time - from) / (to - from)) * stripWidth(width);

function paintRow(pen: Pen, picture: TimelinePicture, lane: Lane, y: number): void {
  const { window, width, colour, cast } = picture;
  const strip = stripWidth(width);
  const high = sizes.row - 4;
  if (picture.pointed > 0 && lane.kind === 'thread' && lane.id === picture.pointed) {
    pen.fillStyle = colour('var(--accent-soft)');
    pen.fillRect(0, y, width, sizes.row);
  }
  pen.save();
  pen.beginPath();
  pen.rect(sizes.label, y, strip + sizes.pad, sizes.row);
  pen.clip();
  if (lane.kind === 'core') {
    pen.fillStyle = colour('var(--idle)');
    pen.fillRect(
      sizes.label,
      y + 2,
      Math.min(strip + sizes.pad, xOf(picture, picture.end) - sizes.label),
      high,
    );
  }
  for (const slice of slicesOf(lane, window.from, window.to, strip)) {
    const x = xOf(picture, slice.start);
    const wide = Math.max(1, xOf(picture, slice.end) - x);
    const state = lane.states[slice.index] ?? 0;
    const tid = lane.kind === 'core' ? (lane.details[slice.index] ?? 0) : lane.id;
    // What is not pointed at steps back, on the rows of the cores, where all threads are mixed.
    if (picture.pointed > 0 && lane.kind === 'core' && tid !== picture.pointed) pen.globalAlpha = 0.35;
    paintStretch(pen, picture, state, cast.get(tid)?.hue ?? 'var(--kernel)', x, y + 2, wide, high);
    const name = cast.get(tid)?.name ?? '';
    const from = Math.max(x, sizes.label) + 5;
    if (lane.kind === 'core' && !slice.many && pen.measureText(name).width < x + wide - from - 3) {
      pen.fillStyle = colour('var(--paper-raised)');
      pen.fillText(name, from, y + sizes.row / 2 - 2);
    }
    pen.globalAlpha = 1;
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

/** Small signs on the rows of threads: what they are for is said in the legend and, in words, in the table. */
function paintInstants(pen: Pen, picture: TimelinePicture): void {
  const { rows, instants, width, height, top, colour } = picture;
  const places = new Map(
    rows.flatMap((lane, row) => (lane.kind === 'thread' ? [[lane.id, row]] : [])) as [number, number][],
  );
  const middleOf = (tid: number): number | null => {
    const row = places.get(tid);
    return row === undefined ? null : sizes.axis + (row + 0.5) * sizes.row - top;
  };
  pen.save();
  pen.beginPath();
  pen.rect(sizes.label, sizes.axis, width - sizes.label, height - sizes.axis);
  pen.clip();
  const isCrowded = instants.length > stripWidth(width) / pixelsASign;
  for (const { time, tid, kind, by, isPointed } of instants) {
    if (isCrowded && !isPointed) continue;
    const y = middleOf(tid);
    if (y === null) continue;
    const x = xOf(picture, time);
    const from = by > 0 && by !== tid ? middleOf(by) : null;
    if (kind === 'wake') {
      if (from !== null) paintArrow(pen, colour('var(--ink-soft)'), x, from, y);
    } else paintSign(pen, colour, kind, x, y, isPointed);
  }
  pen.restore();
}

/** Where signs would stand closer than this on average they are left out until the reader zooms in. */
const pixelsASign = 5;

function paintArrow(pen: Pen, colour: string, x: number, from: number, to: number): void {
  const way = Math.sign(to - from);
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(x, from);
  pen.lineTo(x, to);
  pen.stroke();
  pen.beginPath();
  pen.moveTo(x, to);
  pen.lineTo(x - 3, to - 6 * way);
  pen.lineTo(x + 3, to - 6 * way);
  pen.fill();
}

/** A square prints, a triangle up sends, a triangle down receives, a tall mark is what is pointed at. Those that are filled are. */
function paintSign(
  pen: Pen,
  colour: TimelinePicture['colour'],
  kind: Exclude<Instant['kind'], 'wake'>,
  x: number,
  y: number,
  isPointed: boolean,
): void {
  if (isPointed) {
    pen.fillStyle = colour('var(--accent)');
    pen.fillRect(x - 1, y - 11, 2, 22);
  }
  if (kind === 'pointed') return;
  const shapes: Record<typeof kind, readonly (readonly [number, number])[]> = {
    print: [
      [-3, -3],
      [3, -3],
      [3, 3],
      [-3, 3],
    ],
    send: [
      [-4, 3],
      [0, -5],
      [4, 3],
    ],
    receive: [
      [-4, -3],
      [0, 5],
      [4, -3],
    ],
  };
  pen.beginPath();
  for (const [dx, dy] of shapes[kind]) pen.lineTo(x + dx, y + dy);
  pen.closePath();
  pen.fillStyle = colour(isPointed ? 'var(--accent)' : 'var(--paper-raised)');
  pen.strokeStyle = colour('var(--ink-strong)');
  pen.lineWidth = 1.25;
  pen.fill();
  pen.stroke();
}

function paintAxis(pen: Pen, picture: TimelinePicture): void {
  const { window, width, colour } = picture;
  pen.fillStyle = colour('var(--ink-soft)');
  for (const tick of ticksOf(window.from, window.to, stripWidth(width) / 110)) {
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
