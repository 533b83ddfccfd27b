import type { Trace } from '../../engine/index.ts';
import type { SourceMap } from '../../engine/service.ts';
import { nameOf, type Player } from './cast.ts';
import { objectWords, whatHappens } from './event-words.ts';
import { formatTime } from './format.ts';
import type { Instant } from './instants.ts';
import { type Lane, LaneState, laneWords } from './lanes.ts';
import { lineOf } from './moment.ts';
import { firstEndingAfter } from './slices.ts';
import type { Window } from './window.ts';

/** One stretch in words. */
export interface TimelineRow {
  readonly key: string;
  /** The thread it is about; 0 for a core. */
  readonly tid: number;
  /** The event it tells of and its line in the source; -1 and 0 for a stretch. */
  readonly event: number;
  readonly line: number;
  readonly who: string;
  readonly what: string;
  readonly start: string;
  readonly end: string;
  readonly length: string;
}

/** Rows a table shows at most; a longer one helps nobody, zooming in does. */
export const mostRows = 200;

/** The stretches of some lanes inside a window, in the order of their starts: what the picture shows, in words. */
export function timelineTable(
  trace: Trace,
  lanes: readonly Lane[],
  { from, to }: Window,
  instants: readonly Instant[] = [],
  map: Pick<SourceMap, 'sites'> = { sites: [] },
): TimelineRow[] {
  const names = new Map(trace.threads.map((thread) => [thread.tid, thread as Player]));
  const found: { lane: Lane; index: number }[] = [];
  for (const lane of lanes) {
    let index = firstEndingAfter(lane, from);
    for (let taken = 0; taken < mostRows && index < lane.starts.length; index++, taken++) {
      if ((lane.starts[index] as number) >= to) break;
      found.push({ lane, index });
    }
  }
  const stretches = found.map(({ lane, index }) => {
    const [start, end] = [lane.starts[index] as number, lane.ends[index] as number];
    const row: TimelineRow = {
      key: `${lane.kind} ${lane.id} ${index} ${lane.states[index]}`,
      tid: lane.kind === 'thread' ? lane.id : 0,
      event: -1,
      line: 0,
      who: lane.label,
      what: whatOf(trace, names, lane, index),
      start: formatTime(start),
      end: formatTime(end),
      length: formatTime(end - start),
    };
    return { at: start, row };
  });
  const moments = instants.slice(0, mostRows).map(({ index, tid, time }) => ({
    at: time,
    row: {
      key: `event ${index}`,
      tid,
      event: index,
      line: lineOf(trace, map, index),
      who: nameOf(names, tid),
      what: whatHappens(trace, map, index),
      start: formatTime(time),
      end: '',
      length: '',
    },
  }));
  return [...stretches, ...moments]
    .sort((a, b) => a.at - b.at)
    .slice(0, mostRows)
    .map(({ row }) => row);
}

function whatOf(
  trace: Pick<Trace, 'objects'>,
  names: ReadonlyMap<number, Player>,
  lane: Lane,
  index: number,
): string {
  const state = lane.states[index] ?? 0;
  const detail = lane.details[index] ?? -1;
  if (lane.kind === 'core') return `runs ${nameOf(names, detail)}`;
  if (state === LaneState.Running) return `running on core ${detail}`;
  if (state === LaneState.Blocked && detail >= 0) return `blocked on ${objectWords(trace, detail)}`;
  if (state === LaneState.Holding) return `holds ${objectWords(trace, detail)}`;
  return laneWords[state] ?? '';
}
