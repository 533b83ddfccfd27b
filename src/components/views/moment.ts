import { EventKind, StopReason, type Trace } from '../../engine/events.ts';
import type { SourceMap } from '../../engine/service.ts';
import { castOf, type Player } from './cast.ts';

/** What one thread is doing at a moment. */
export interface ThreadMoment extends Player {
  readonly state: 'ready' | 'running' | 'blocked' | 'asleep' | 'over';
  /** Core it runs on, or -1. */
  readonly core: number;
  /** Line of the last thing it did, or 0 where unknown. */
  readonly line: number;
  /** Object it waits for, or -1. */
  readonly waitsFor: number;
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

const stopped = ['ready', 'blocked', 'ready', 'over', 'asleep'] as const;

/** Everything after the first `cursor` events. Costs time in proportion to `cursor`. */
export function momentAt(trace: Trace, map: Pick<SourceMap, 'sites'>, cursor: number): Moment {
  const threads = new Map<number, { -readonly [K in keyof ThreadMoment]: ThreadMoment[K] }>();
  const cast = castOf(trace);
  const holders = new Map<number, number>();
  const variables = new Map<string, SeenVariable>();
  const until = Math.min(cursor, trace.length);
  for (let index = 0; index < until; index++) {
    const tid = trace.tid[index] ?? 0;
    const a = trace.a[index] ?? 0;
    const b = trace.b[index] ?? -1;
    const kind = trace.kind[index];
    const player = cast.get(tid);
    let thread = threads.get(tid);
    if (!thread && player) {
      thread = { ...player, state: 'ready', core: -1, line: 0, waitsFor: -1 };
      threads.set(tid, thread);
    }
    if (!thread) continue;
    thread.line = lineOf(trace, map, index) || thread.line;
    if (kind === EventKind.Dispatch) {
      Object.assign(thread, { state: 'running', core: trace.core[index], waitsFor: -1 });
    } else if (kind === EventKind.Stop) {
      thread.state = stopped[a] ?? 'ready';
      thread.core = -1;
      thread.waitsFor = a === StopReason.Blocked ? b : -1;
    } else if (kind === EventKind.Wake && thread.state !== 'running') {
      Object.assign(thread, { state: 'ready', waitsFor: -1 });
    } else if (kind === EventKind.Exit) Object.assign(thread, { state: 'over', core: -1, waitsFor: -1 });
    else if (kind === EventKind.Acquire) holders.set(a, tid);
    else if (kind === EventKind.Release) holders.delete(a);
    else if (kind === EventKind.Load || kind === EventKind.Store) {
      const name = map.sites[trace.site[index] ?? -1]?.name ?? '';
      const key = `${thread.pid} ${a}`;
      const before = variables.get(key);
      const value = trace.strings[b] ?? before?.value ?? '';
      variables.set(key, { pid: thread.pid, address: a, name: name || before?.name || '', value, tid });
    }
  }
  return {
    time: until > 0 ? (trace.time[until - 1] ?? 0) : 0,
    threads: [...threads.values()],
    holders,
    variables: [...variables.values()].sort((x, y) => x.pid - y.pid || x.address - y.address),
  };
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
