import { useEffect, useMemo, useRef, useState } from 'react';
import { castOf } from './cast.ts';
import { formatTime } from './format.ts';
import { lanesOf } from './lanes.ts';
import { cursorAt } from './moment.ts';
import { paintTimeline, sizes } from './paint-timeline.ts';
import type { ViewProps } from './props.ts';
import { stretchAt } from './slices.ts';
import { timelineTable } from './timeline-table.ts';
import { useColours } from './use-colours.ts';
import { keyMove, pan, reveal, type Window, whole, zoom } from './window.ts';

/** Cores and threads over time. Buttons, keys and pointers do the same things; the table says it all in words. */
export function Timeline({ run, cursor, onCursor }: ViewProps) {
  const { trace } = run;
  const { end } = trace;
  const lanes = useMemo(() => lanesOf(trace), [trace]);
  const cast = useMemo(() => castOf(trace), [trace]);
  const rows = useMemo(() => [...lanes.cores, ...lanes.threads], [lanes]);
  const [window, setWindow] = useState<Window>(() => whole(end));
  const [measure, setMeasure] = useState<Window | null>(null);
  const [asTable, setAsTable] = useState(() => matchMedia('(width < 44rem)').matches);
  const [told, setTold] = useState('');
  const time = cursor === null ? null : (trace.time[Math.max(0, cursor - 1)] ?? 0);
  useEffect(() => setWindow(whole(end)), [end]);
  useEffect(() => {
    if (time !== null) setWindow((before) => reveal(before, time, end));
  }, [time, end]);
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
        <TimelineTable rows={timelineTable(trace, rows, window)} />
      ) : (
        <Picture
          {...{ rows, cast, window, setWindow, measure, setMeasure, time, end, setTold }}
          overheads={lanes.overheads}
          onTime={(at) => onCursor(cursorAt(trace, at))}
        />
      )}
      <p className="view-note" aria-live="off">
        {told ||
          'A bar runs, a thin bar is ready, a line waits, dots sleep; the strip below a core is overhead.'}
      </p>
      {trace.truncated && <p className="view-note">The trace was full: only its beginning is drawn.</p>}
    </div>
  );
}

interface PictureProps {
  readonly rows: ReturnType<typeof lanesOf>['cores'];
  readonly overheads: ReturnType<typeof lanesOf>['cores'];
  readonly cast: ReturnType<typeof castOf>;
  readonly window: Window;
  readonly setWindow: (window: Window) => void;
  readonly measure: Window | null;
  readonly setMeasure: (window: Window | null) => void;
  readonly time: number | null;
  readonly end: number;
  readonly setTold: (text: string) => void;
  readonly onTime: (time: number) => void;
}

function Picture(props: PictureProps) {
  const { rows, overheads, cast, window, setWindow, measure, setMeasure, time, end } = props;
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
    paintTimeline(pen, { rows, overheads, cast, window, ...size, top, cursor: time, measure, colour });
  }, [rows, overheads, cast, window, size, top, time, measure, colour]);
  const pointer = usePointers(props, size.width);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the picture while it has the focus; the table is its twin
    <div
      ref={box}
      className="view-canvas"
      // biome-ignore lint/a11y/useSemanticElements: a group of lanes, not of form fields
      role="group"
      aria-label="Timeline. W and S zoom, A and D or the arrow keys move, F fits. The Table button shows the same in words."
      tabIndex={0}
      style={{ height: Math.min(full, 400) }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={(event) => {
        const next = event.ctrlKey || event.metaKey || event.altKey ? null : keyMove(window, event.code, end);
        if (!next) return;
        event.preventDefault();
        setWindow(next);
      }}
      {...pointer}
    >
      <canvas ref={canvas} aria-hidden="true" style={{ width: size.width, height: size.height }} />
      <div style={{ height: Math.max(0, full - size.height) }} />
    </div>
  );

  function usePointers({ onTime, setTold }: PictureProps, width: number) {
    const held = useRef(new Map<number, number>());
    const from = useRef(0);
    const timeAt = (x: number) =>
      window.from +
      (Math.max(0, x - sizes.label) / Math.max(1, width - sizes.label)) * (window.to - window.from);
    const xOf = (event: React.PointerEvent) =>
      event.clientX - event.currentTarget.getBoundingClientRect().left;
    return {
      onPointerDown(event: React.PointerEvent<HTMLElement>) {
        held.current.set(event.pointerId, xOf(event));
        from.current = timeAt(xOf(event));
        setMeasure(null);
      },
      onPointerMove(event: React.PointerEvent<HTMLElement>) {
        const x = xOf(event);
        const before = held.current.get(event.pointerId);
        if (before === undefined) return setTold(wordsAt(event));
        const others = [...held.current].filter(([id]) => id !== event.pointerId);
        held.current.set(event.pointerId, x);
        const other = others[0]?.[1];
        if (other !== undefined) {
          const apart = Math.max(10, Math.abs(x - other));
          setWindow(
            zoom(window, Math.max(10, Math.abs(before - other)) / apart, timeAt((x + other) / 2), end),
          );
        } else if (Math.abs(timeAt(x) - from.current) > ((window.to - window.from) / width) * 4) {
          const at = timeAt(x);
          setMeasure({ from: Math.min(at, from.current), to: Math.max(at, from.current) });
        }
      },
      onPointerUp(event: React.PointerEvent<HTMLElement>) {
        if (held.current.delete(event.pointerId) && !measure && held.current.size === 0)
          onTime(timeAt(xOf(event)));
      },
      onPointerCancel(event: React.PointerEvent<HTMLElement>) {
        held.current.delete(event.pointerId);
      },
      onPointerLeave() {
        setTold('');
      },
      onWheel(event: React.WheelEvent<HTMLElement>) {
        if (!event.ctrlKey && !event.shiftKey) return;
        const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
        setWindow(
          event.shiftKey
            ? pan(window, Math.sign(event.deltaY || event.deltaX) * 0.1, end)
            : zoom(window, event.deltaY > 0 ? 1.2 : 1 / 1.2, timeAt(x), end),
        );
      },
    };

    function wordsAt(event: React.PointerEvent<HTMLElement>): string {
      const y = event.clientY - event.currentTarget.getBoundingClientRect().top + top - sizes.axis;
      const lane = rows[Math.floor(y / sizes.row)];
      const index = lane ? stretchAt(lane, timeAt(xOf(event))) : -1;
      if (!lane || index < 0) return '';
      const [row] = timelineTable({ objects: [], threads: [...cast.values()] }, [lane], {
        from: lane.starts[index] as number,
        to: lane.ends[index] as number,
      });
      return row ? `${row.who}: ${row.what}, ${row.start} to ${row.end} (${row.length})` : '';
    }
  }
}

function TimelineTable({ rows }: { readonly rows: ReturnType<typeof timelineTable> }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="view-scroll" aria-label="Timeline as a table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {['Who', 'What', 'From', 'To', 'Length'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, who, what, start, end, length }) => (
            <tr key={key}>
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
