import { useEffect, useMemo, useRef, useState } from 'react';
import type { Trace } from '../../engine/events.ts';
import { castOf } from './cast.ts';
import { describeEvent } from './event-words.ts';
import { formatTime } from './format.ts';
import { type Instant, instantNear, instantsOf } from './instants.ts';
import { Legend } from './Legend.tsx';
import type { Lane, Lanes } from './lanes.ts';
import { cursorAt, lineAround, lineOf } from './moment.ts';
import { paintTimeline, sizes } from './paint-timeline.ts';
import { isPointed, pointAt } from './pointed.ts';
import type { ViewProps } from './props.ts';
import { stretchAt } from './slices.ts';
import { TableHead } from './TableHead.tsx';
import { type TimelineRow, timelineTable } from './timeline-table.ts';
import { useColours } from './use-colours.ts';
import { useLanes } from './use-lanes.ts';
import { type PointerRequest, usePointers } from './use-pointers.ts';
import { keyMove, pan, reveal, type Window, whole, zoom } from './window.ts';

/** What is drawn while a long trace is being read. */
const noLanes: Lanes = { cores: [], overheads: [], threads: [], holdings: [] };

/** Cores and threads over time. Buttons, keys and pointers do the same things; the table says it all in words. */
export function Timeline({ run, cursor, pointed, chosen, onCursor, onPoint, onChoose }: ViewProps) {
  const { trace, map } = run;
  const { end } = trace;
  const lanes = useLanes(trace) ?? noLanes;
  const cast = useMemo(() => castOf(trace), [trace]);
  const rows = useMemo(() => [...lanes.cores, ...lanes.threads], [lanes]);
  const strips = useMemo(() => stripsOf(lanes), [lanes]);
  const [window, setWindow] = useState<Window>(() => whole(end));
  const [measure, setMeasure] = useState<Window | null>(null);
  const [asTable, setAsTable] = useState(() => matchMedia('(width < 44rem)').matches);
  const [told, setTold] = useState('');
  const time = cursor === null ? null : (trace.time[Math.max(0, cursor - 1)] ?? 0);
  useEffect(() => setWindow(whole(end)), [end]);
  useEffect(() => {
    if (time !== null) setWindow((before) => reveal(before, time, end));
  }, [time, end]);
  const instants = useMemo(() => instantsOf(trace, map, window, pointed), [trace, map, window, pointed]);
  const middle = (window.from + window.to) / 2;
  return (
    <div className="view-timeline">
      <div className="view-bar">
        <button type="button" onClick={() => setWindow(zoom(window, 0.5, middle, end))}>
          Zoom in
        </button>
        <button type="button" onClick={() => setWindow(zoom(window, 2, middle, end))}>
          Zoom out
        </button>
        <button type="button" aria-label="Earlier" onClick={() => setWindow(pan(window, -0.5, end))}>
          ←
        </button>
        <button type="button" aria-label="Later" onClick={() => setWindow(pan(window, 0.5, end))}>
          →
        </button>
        <button type="button" onClick={() => setWindow(whole(end))}>
          Fit
        </button>
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </button>
        <span className="view-note">
          {measure
            ? `Measured ${formatTime(measure.to - measure.from)}`
            : `${formatTime(window.from)} to ${formatTime(window.to)}`}
        </span>
      </div>
      {asTable ? (
        <TimelineTable
          rows={timelineTable(trace, [...rows, ...lanes.holdings], window, instants, map)}
          {...{ pointed, onPoint }}
        />
      ) : (
        <Picture
          {...{ trace, rows, cast, window, setWindow, measure, setMeasure, time, end, setTold }}
          strips={strips}
          instants={instants}
          pointed={pointed?.tid ?? 0}
          onPoint={(tid, at, sign) => {
            if (tid === null) return onPoint(null);
            const line = sign ? lineOf(trace, map, sign.index) : lineAround(trace, map, tid, at);
            onPoint(pointAt({ tid, line, ...(sign && { event: sign.index }) }));
          }}
          signWords={({ index }) => describeEvent(trace, map, index)}
          onTime={(at) => onCursor(cursorAt(trace, at))}
          onName={(tid) =>
            onChoose(chosen?.tid === tid && chosen.event === undefined ? null : pointAt({ tid }))
          }
        />
      )}
      {!asTable && <Legend />}
      <p className="view-note" aria-live="off">
        {told ||
          (!asTable && (
            <>
              <span className="view-keys">Keys: W S zoom, A D move, F fits. </span>A drag measures; a press on
              a name marks the thread everywhere.
            </>
          ))}
      </p>
      {trace.truncated && <p className="view-note">The trace was full: only its beginning is drawn.</p>}
    </div>
  );
}

interface PictureProps extends Omit<PointerRequest, 'width' | 'wordsAt' | 'onName'> {
  readonly trace: Trace;
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

function Picture(props: PictureProps) {
  const { rows, strips, cast, window, setWindow, measure, time, end, instants, pointed } = props;
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
      measure,
      colour,
      instants,
      pointed,
      font: getComputedStyle(element).fontFamily,
    });
  }, [rows, strips, cast, window, size, top, time, measure, colour, instants, pointed]);
  const laneAt = (y: number) => rows[Math.floor((y + top - sizes.axis) / sizes.row)];
  const wordsAt = (at: number, y: number) => {
    const lane = laneAt(y);
    const near = ((window.to - window.from) / Math.max(1, size.width - sizes.label)) * nearSign;
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
      aria-label="Timeline picture"
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

/** The strip below each row: overhead below a core, what is held below a thread. */
function stripsOf({ cores, overheads, threads, holdings }: Lanes): ReadonlyMap<Lane, Lane> {
  const pairs = [
    ...cores.map((lane, index) => [lane, overheads[index]] as const),
    ...threads.map((lane, index) => [lane, holdings[index]] as const),
  ];
  return new Map(pairs.flatMap(([lane, strip]) => (strip ? [[lane, strip] as const] : [])));
}

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

/** A row is marked with its thread, or alone where one event is meant. */
const isRowPointed = (pointed: ViewProps['pointed'], tid: number, event: number): boolean =>
  pointed?.event === undefined ? tid > 0 && isPointed(pointed, { tid }) : pointed.event === event;

function TimelineTable({
  rows,
  pointed,
  onPoint,
}: { readonly rows: readonly TimelineRow[] } & Pick<ViewProps, 'pointed' | 'onPoint'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="view-scroll" aria-label="Timeline as a table" tabIndex={0}>
      <table>
        <TableHead columns={['Who', 'What', 'From', 'To', 'Length']} />
        <tbody>
          {rows.map(({ key, tid, event, line, who, what, start, end, length }) => (
            <tr
              key={key}
              className={isRowPointed(pointed, tid, event) ? 'pointed' : undefined}
              onPointerEnter={() => onPoint(pointAt({ tid, event, line }))}
              onPointerLeave={() => onPoint(null)}
            >
              <th scope="row">{who}</th>
              <td>{what}</td>
              <td>{start}</td>
              <td>{end}</td>
              <td>{length}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
