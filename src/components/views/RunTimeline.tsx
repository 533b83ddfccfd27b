import { useMemo } from 'react';
import type { FinishedRun } from '../snippet/model.ts';
import { castOf } from './cast.ts';
import { describeEvent } from './event-words.ts';
import { formatTime } from './format.ts';
import { instantsOf } from './instants.ts';
import type { Lane, Lanes } from './lanes.ts';
import { lineAround, lineOf } from './moment.ts';
import { pointAt } from './pointed.ts';
import type { ViewProps } from './props.ts';
import { TimelinePicture } from './TimelinePicture.tsx';
import { TimelineTable } from './TimelineTable.tsx';
import { timelineTable } from './timeline-table.ts';
import { useLanes } from './use-lanes.ts';
import type { Window } from './window.ts';

/** What the timelines of all runs in sight have in common: one scale, one measure. */
export interface SharedScale {
  readonly window: Window;
  /** Where the longest run ends. */
  readonly end: number;
  readonly measure: Window | null;
  /** Id of the words that say how a picture is used. */
  readonly note: string;
  setWindow(window: Window): void;
  setMeasure(measure: Window | null): void;
  setTold(text: string): void;
}

interface RunTimelineProps extends Pick<ViewProps, 'pointed' | 'chosen' | 'onPoint' | 'onChoose'> {
  readonly run: FinishedRun;
  /** What sets this run apart from another in sight; empty where there is none. */
  readonly label: string;
  readonly scale: SharedScale;
  readonly asTable: boolean;
  /** Time of the cursor; null for none. */
  readonly time: number | null;
  /** A time was pressed. */
  onTime(time: number): void;
}

/** The cores and the threads of one run over time, as a picture or as a table. */
export function RunTimeline(props: RunTimelineProps) {
  const { run, label, scale, asTable, pointed, chosen, onPoint, onChoose } = props;
  const { trace, map } = run;
  const { window } = scale;
  const lanes = useLanes(trace) ?? noLanes;
  const cast = useMemo(() => castOf(trace), [trace]);
  const rows = useMemo(() => [...lanes.cores, ...lanes.threads], [lanes]);
  const strips = useMemo(() => stripsOf(lanes), [lanes]);
  const instants = useMemo(() => instantsOf(trace, map, window, pointed), [trace, map, window, pointed]);
  return (
    <>
      {label && (
        <p className="view-title">
          {label}: {formatTime(trace.end)}
        </p>
      )}
      {asTable ? (
        <TimelineTable
          label={label}
          rows={timelineTable(trace, [...rows, ...lanes.holdings], window, instants, map)}
          {...{ pointed, onPoint }}
        />
      ) : (
        <TimelinePicture
          {...{ trace, label, rows, strips, cast, instants }}
          {...scale}
          time={props.time}
          pointed={pointed?.tid ?? 0}
          onPoint={(tid, at, sign) => {
            if (tid === null) return onPoint(null);
            const line = sign ? lineOf(trace, map, sign.index) : lineAround(trace, map, tid, at);
            onPoint(pointAt({ tid, line, ...(sign && { event: sign.index }) }));
          }}
          signWords={({ index }) => describeEvent(trace, map, index)}
          onTime={props.onTime}
          onName={(tid) =>
            onChoose(chosen?.tid === tid && chosen.event === undefined ? null : pointAt({ tid }))
          }
        />
      )}
      {trace.truncated && <p className="view-note">The trace was full: only its beginning is drawn.</p>}
    </>
  );
}

/** What is drawn while a long trace is being read. */
const noLanes: Lanes = { cores: [], overheads: [], threads: [], holdings: [] };

/** The strip below each row: overhead below a core, what is held below a thread. */
function stripsOf({ cores, overheads, threads, holdings }: Lanes): ReadonlyMap<Lane, Lane> {
  const pairs = [
    ...cores.map((lane, index) => [lane, overheads[index]] as const),
    ...threads.map((lane, index) => [lane, holdings[index]] as const),
  ];
  return new Map(pairs.flatMap(([lane, strip]) => (strip ? [[lane, strip] as const] : [])));
}
