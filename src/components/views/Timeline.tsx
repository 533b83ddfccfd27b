import { useEffect, useId, useState } from 'react';
import { Chooser } from './Chooser.tsx';
import { keptWords } from './comparisons.ts';
import { formatTime } from './format.ts';
import { Legend } from './Legend.tsx';
import { cursorAt } from './moment.ts';
import { type Pointed, pointAt } from './pointed.ts';
import type { ViewProps } from './props.ts';
import { RunTimeline } from './RunTimeline.tsx';
import { pan, reveal, type Window, whole, zoom } from './window.ts';

/**
 * Cores and threads over time; below them those of a run that is kept to compare, on the same scale. Buttons, keys and pointers do the same things;
 * the table says it all in words.
 */
export function Timeline(props: ViewProps) {
  const { run, cursor, kept, pointed, chosen, onCursor, onPoint, onChoose, onKeep, onCompare } = props;
  const { trace } = run;
  const other = kept && kept.run !== run ? kept : null;
  const end = Math.max(trace.end, other?.run.trace.end ?? 0);
  const [window, setWindow] = useState<Window>(() => whole(end));
  const [measure, setMeasure] = useState<Window | null>(null);
  const [asTable, setAsTable] = useState(() => matchMedia('(width < 44rem)').matches);
  const [told, setTold] = useState('');
  const note = useId();
  const time = cursor === null ? null : (trace.time[Math.max(0, cursor - 1)] ?? 0);
  useEffect(() => setWindow(whole(end)), [end]);
  useEffect(() => {
    if (time !== null) setWindow((before) => reveal(before, time, end));
  }, [time, end]);
  const middle = (window.from + window.to) / 2;
  const scale = { window, end, measure, note, setWindow, setMeasure, setTold };
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
      <div className="view-bar more">
        <Chooser {...{ run, kept, onKeep, onCompare }} />
      </div>
      <RunTimeline
        {...{ run, scale, asTable, time, pointed, chosen, onPoint, onChoose }}
        label={other ? 'This run' : ''}
        onTime={(at) => onCursor(cursorAt(trace, at))}
      />
      {other && (
        <RunTimeline
          {...{ scale, asTable, chosen, onChoose }}
          run={other.run}
          label={keptWords(other.label)}
          time={null}
          pointed={withoutEvent(pointed)}
          onPoint={(place) => onPoint(withoutEvent(place))}
          onTime={() => setTold('Only this run can be stepped through: press a time of the picture above.')}
        />
      )}
      {!asTable && <Legend />}
      <p className="view-note" aria-live="off" id={note}>
        {told ||
          (!asTable && (
            <>
              <span className="view-keys">Keys: W S zoom, A D move, F fits. </span>A drag measures; a press on
              a name marks the thread everywhere; <em>Table</em> says the same in words.
            </>
          ))}
      </p>
    </div>
  );
}

/** An event of one run is none of another: there, its thread and its line are what is meant. */
const withoutEvent = (pointed: Pointed | null): Pointed | null =>
  pointed?.event === undefined ? pointed : pointAt({ tid: pointed.tid, line: pointed.line });
