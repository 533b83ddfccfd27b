import { useEffect, useRef, useState } from 'react';
import type { Trace } from '../../engine/events.ts';
import type { castOf } from './cast.ts';
import { formatTime } from './format.ts';
import { type Instant, instantNear } from './instants.ts';
import type { Lane } from './lanes.ts';
import { paintTimeline, sizes, stripWidth } from './paint-timeline.ts';
import { stretchAt } from './slices.ts';
import { timelineTable } from './timeline-table.ts';
import { useColours } from './use-colours.ts';
import { type PointerRequest, usePointers } from './use-pointers.ts';
import { keyMove } from './window.ts';

/** What the picture of one run is drawn from, and what it tells when it is pointed at, pressed and moved. */
export interface PictureProps extends Omit<PointerRequest, 'width' | 'wordsAt' | 'onName'> {
  readonly trace: Trace;
  /** Id of the words that say how a picture is used. */
  readonly note: string;
  /** What sets the run apart; empty where it is the only one. */
  readonly label: string;
  readonly rows: readonly Lane[];
  readonly strips: ReadonlyMap<Lane, Lane>;
  /** The pointer is over a thread at a time, and over a sign there, or over nothing. */
  onPoint(tid: number | null, time: number, sign: Instant | null): void;
  /** What a sign stands for. */
  signWords(sign: Instant): string;
  readonly cast: ReturnType<typeof castOf>;
  readonly time: number | null;
  readonly instants: readonly Instant[];
  /** Thread that stands out; 0 for none. */
  readonly pointed: number;
  /** The name of a thread was pressed. */
  onName(tid: number): void;
}

/** The rows of one run on a canvas, as high as they are, up to a limit beyond which they scroll. */
export function TimelinePicture(props: PictureProps) {
  const { trace, label, rows, strips, cast, window, setWindow, measure, time, end, instants, pointed } =
    props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 600, height: 100 });
  const [top, setTop] = useState(0);
  const colour = useColours(box);
  const full = sizes.axis + rows.length * sizes.row;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    const ratio = devicePixelRatio;
    element.width = Math.round(size.width * ratio);
    element.height = Math.round(size.height * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintTimeline(pen, {
      rows,
      strips,
      cast,
      window,
      ...size,
      top,
      cursor: time,
      end: trace.end,
      measure,
      colour,
      instants,
      pointed,
      font: getComputedStyle(element).fontFamily,
    });
  }, [trace, rows, strips, cast, window, size, top, time, measure, colour, instants, pointed]);
  const laneAt = (y: number) => rows[Math.floor((y + top - sizes.axis) / sizes.row)];
  const wordsAt = (at: number, y: number) => {
    const lane = laneAt(y);
    const near = ((window.to - window.from) / stripWidth(size.width)) * nearSign;
    const sign = lane?.kind === 'thread' ? instantNear(instants, lane.id, at, near) : null;
    props.onPoint(lane ? threadAt(lane, at) : null, at, sign);
    return sign ? `${formatTime(sign.time)}: ${props.signWords(sign)}` : wordsOf(props, lane, at);
  };
  const onName = (y: number) => {
    const lane = laneAt(y);
    if (lane?.kind === 'thread') props.onName(lane.id);
  };
  const pointers = usePointers({ ...props, width: size.width, wordsAt, onName });
  return (
    <section
      ref={box}
      className="view-canvas"
      aria-describedby={props.note}
      aria-label={label ? `Timeline picture: ${label}` : 'Timeline picture'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the picture while it has the focus
      tabIndex={0}
      style={{ height: Math.min(full, 400) }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={(event) => {
        const next = event.ctrlKey || event.metaKey || event.altKey ? null : keyMove(window, event.code, end);
        if (!next) return;
        event.preventDefault();
        setWindow(next);
      }}
      {...pointers}
    >
      <canvas ref={canvas} style={{ width: size.width, height: size.height }} />
      <div style={{ height: Math.max(0, full - size.height) }} />
    </section>
  );
}

/** So many pixels from its middle a sign still counts as pointed at. */
const nearSign = 5;

/** The thread that a lane shows at a time; null where it shows none. */
function threadAt(lane: Lane, time: number): number | null {
  if (lane.kind === 'thread') return lane.id;
  return lane.details[stretchAt(lane, time)] ?? null;
}

/** What a lane shows at a time, in words; empty where it shows nothing. */
function wordsOf({ trace }: PictureProps, lane: Lane | undefined, time: number): string {
  const index = lane ? stretchAt(lane, time) : -1;
  if (!lane || index < 0) return '';
  const [from, to] = [lane.starts[index] as number, lane.ends[index] as number];
  const [row] = timelineTable(trace, [lane], { from, to });
  return row ? `${row.who}: ${row.what}, ${row.start} to ${row.end} (${row.length})` : '';
}
