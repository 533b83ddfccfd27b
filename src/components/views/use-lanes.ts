import { useEffect, useMemo, useState } from 'react';
import type { Trace } from '../../engine/events.ts';
import { LaneBuilder, type Lanes, lanesOf } from './lanes.ts';

/** Events read in one task: some milliseconds of work. */
const portion = 50_000;

/** The rows of a trace: at once where it is short, in portions between frames where it is long (null until then). */
export function useLanes(trace: Trace): Lanes | null {
  const short = useMemo(() => (trace.length <= portion ? lanesOf(trace) : null), [trace]);
  const [long, setLong] = useState<{ trace: Trace; lanes: Lanes } | null>(null);
  useEffect(() => {
    if (trace.length <= portion) return;
    const builder = new LaneBuilder(trace);
    let waiting = 0;
    const read = () => {
      if (builder.advance(portion)) setLong({ trace, lanes: builder.finish() });
      else waiting = window.setTimeout(read);
    };
    waiting = window.setTimeout(read);
    return () => clearTimeout(waiting);
  }, [trace]);
  return short ?? (long?.trace === trace ? long.lanes : null);
}
