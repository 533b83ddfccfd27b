import { EventKind, type Trace } from '../../engine/events.ts';
import type { SourceMap } from '../../engine/service.ts';
import { castOf, type Player } from './cast.ts';
import { readerOf, type Touched } from './trace-reader.ts';

/** What one thread is doing at a moment. */
export interface ThreadMoment extends Player {
  readonly state: 'ready' | 'running' | 'blocked' | 'asleep' | 'over';
  /** Core it runs on, or -1. */
  readonly core: number;
  /** Line of the last thing it did, or 0 where unknown. */
  readonly line: number;
  /** Object it waits for, or -1. */
  readonly waitsFor: number;
  /** Virtual nanoseconds so far, by what it was doing. Asleep counts as blocked. */
  readonly spent: Spent;
}

/** Virtual nanoseconds of a thread's life. */
export interface Spent {
  readonly running: number;
  readonly ready: number;
  readonly blocked: number;
}

/** A variable as the trace last saw it. */
export interface SeenVariable {
  readonly pid: number;
  readonly address: number;
  readonly name: string;
  readonly value: string;
  /** Thread that touched it last. */
  readonly tid: number;
}

/** The machine at one moment of a run. */
export interface Moment {
  /** Virtual nanoseconds. */
  readonly time: number;
  readonly threads: readonly ThreadMoment[];
  /** Locks and who holds them, by object. */
  readonly holders: ReadonlyMap<number, number>;
  readonly variables: readonly SeenVariable[];
}

/** Line of an event, or 0. */
export function lineOf(trace: Trace, map: Pick<SourceMap, 'sites'>, index: number): number {
  return map.sites[trace.site[index] ?? -1]?.line ?? 0;
}

/**
 * Everything after the first `cursor` events. Costs time in proportion to the events read for it: all before the cursor the
 * first time, afterwards those since the nearest moment that was kept.
 */
export function momentAt(trace: Trace, map: Pick<SourceMap, 'sites'>, cursor: number): Moment {
  const until = Math.min(cursor, trace.length);
  const { threads, holders, touched } = readerOf(trace).at(until);
  const now = until === trace.length ? trace.end : until > 0 ? (trace.time[until - 1] as number) : 0;
  return {
    time: now,
    threads: [...castOf(trace).values()].flatMap((player): ThreadMoment[] => {
      const { tid } = player;
      const state = threads.states[tid];
      if (state === undefined) return [];
      const line = map.sites[threads.sites[tid] ?? -1]?.line ?? 0;
      const [core, waitsFor] = [threads.cores[tid] ?? -1, threads.waits[tid] ?? -1];
      return [{ ...player, state, core, line, waitsFor, spent: threads.spent(tid, now) }];
    }),
    holders: new Map(holders),
    variables: [...touched].flatMap(([pid, places]) => seenIn(trace, map, pid, places)),
  };
}

function seenIn(trace: Trace, map: Pick<SourceMap, 'sites'>, pid: number, places: Touched): SeenVariable[] {
  return [...places]
    .sort(([a], [b]) => a - b)
    .map(([address, { last, valued }]) => ({
      pid,
      address,
      name: map.sites[trace.site[last] ?? -1]?.name ?? '',
      value: valued < 0 ? '' : (trace.strings[trace.b[valued] as number] ?? ''),
      tid: trace.tid[last] as number,
    }));
}

/** Events worth a stop when stepping: everything but the small change of overhead. */
export function isStep(trace: Trace, index: number): boolean {
  return trace.kind[index] !== EventKind.Overhead;
}

/** The cursor after the next step (`by` 1) or the one before (`by` -1); the end of the run where there is none. */
export function stepFrom(trace: Trace, cursor: number, by: 1 | -1): number {
  let next = cursor;
  do next += by;
  while (next > 0 && next < trace.length && !isStep(trace, next - 1));
  return Math.min(Math.max(next, 0), trace.length);
}

/** The cursor after the next event on a line, going forward; null where there is none. */
export function nextOnLine(
  trace: Trace,
  map: Pick<SourceMap, 'sites'>,
  cursor: number,
  line: number,
): number | null {
  for (let index = cursor; index < trace.length; index++) {
    if (lineOf(trace, map, index) === line) return index + 1;
  }
  return null;
}

/** How far back an event with a line is looked for. */
const farBack = 2_000;

/** The line a thread was at, at a time; 0 where the trace does not say. */
export function lineAround(trace: Trace, map: Pick<SourceMap, 'sites'>, tid: number, time: number): number {
  const from = cursorAt(trace, time) - 1;
  for (let index = from; index >= 0 && index > from - farBack; index--) {
    if (trace.tid[index] !== tid) continue;
    const line = lineOf(trace, map, index);
    if (line > 0) return line;
  }
  return 0;
}

/** The cursor that shows all that had happened by a time. */
export function cursorAt(trace: Trace, time: number): number {
  let low = 0;
  let high = trace.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((trace.time[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
