import { EventKind, StopReason, type Trace } from '../../engine/events.ts';
import { castOf } from './cast.ts';

/** What a stretch of a lane shows. */
export const LaneState = { Running: 0, Ready: 1, Blocked: 2, Asleep: 3, Overhead: 4 } as const;

/** The words for `LaneState`, by number. */
export const laneWords = ['running', 'ready', 'blocked', 'asleep', 'overhead'] as const;

/** One row of the timeline: stretches that do not overlap, in order. Columns, because there can be a million. */
export interface Lane {
  readonly kind: 'core' | 'thread';
  /** Number of the core, or of the thread. */
  readonly id: number;
  readonly label: string;
  readonly starts: number[];
  readonly ends: number[];
  readonly states: number[];
  /** On a core, the thread that ran; on a thread, the core it ran on or the object it waited for (-1: none). */
  readonly details: number[];
}

const lane = (kind: Lane['kind'], id: number, label: string): Lane => ({
  kind,
  id,
  label,
  starts: [],
  ends: [],
  states: [],
  details: [],
});

function add(to: Lane, start: number, end: number, state: number, detail: number): void {
  if (end <= start) return;
  to.starts.push(start);
  to.ends.push(end);
  to.states.push(state);
  to.details.push(detail);
}

/** What a thread has been doing, and since when. */
interface Since {
  state: number;
  start: number;
  detail: number;
}

const stateAfterStop = (reason: number) => {
  if (reason === StopReason.Blocked) return LaneState.Blocked;
  return reason === StopReason.Slept ? LaneState.Asleep : LaneState.Ready;
};

/** All that happened, as rows: the cores, the price each core paid, the threads. One pass over the trace. */
export function lanesOf(trace: Trace): { cores: Lane[]; overheads: Lane[]; threads: Lane[] } {
  const cast = castOf(trace);
  const cores = Array.from({ length: trace.cores }, (_, id) => lane('core', id, `core ${id}`));
  const overheads = cores.map(({ id }) => lane('core', id, `overhead on core ${id}`));
  const threads = new Map([...cast.values()].map(({ tid, name }) => [tid, lane('thread', tid, name)]));
  const since = new Map<number, Since>();
  const change = (tid: number, time: number, state: number | null, detail: number) => {
    const before = since.get(tid);
    const row = threads.get(tid);
    if (before && row) {
      add(row, before.start, time, before.state, before.detail);
      const core = before.state === LaneState.Running ? cores[before.detail] : undefined;
      if (core) add(core, before.start, time, LaneState.Running, tid);
    }
    if (state === null) since.delete(tid);
    else since.set(tid, { state, start: time, detail });
  };
  for (let index = 0; index < trace.length; index++) {
    const time = trace.time[index] ?? 0;
    const tid = trace.tid[index] ?? 0;
    const a = trace.a[index] ?? 0;
    const core = trace.core[index] ?? -1;
    switch (trace.kind[index]) {
      case EventKind.Create:
      case EventKind.Wake:
        if (since.get(tid)?.state !== LaneState.Running) change(tid, time, LaneState.Ready, -1);
        break;
      case EventKind.Dispatch:
        change(tid, time, LaneState.Running, core);
        break;
      case EventKind.Stop:
        if (a === StopReason.Exited) change(tid, time, null, -1);
        else change(tid, time, stateAfterStop(a), trace.b[index] ?? -1);
        break;
      case EventKind.Exit:
        change(tid, time, null, -1);
        break;
      case EventKind.Overhead: {
        const row = overheads[core];
        if (row) add(row, time, time + a, LaneState.Overhead, trace.b[index] ?? 0);
        break;
      }
    }
  }
  for (const tid of [...since.keys()]) change(tid, trace.end, null, -1);
  return { cores, overheads, threads: [...threads.values()] };
}
