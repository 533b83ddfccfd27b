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

const stopped = ['ready', 'blocked', 'ready', 'over', 'asleep'] as const;

type State = ThreadMoment['state'];

/** What is known of the threads while events go by; columns by thread number, because there can be a million events. */
class Threads {
  readonly states: State[] = [];
  readonly cores: number[] = [];
  readonly sites: number[] = [];
  readonly waits: number[] = [];
  private readonly since: number[] = [];
  private readonly running: number[] = [];
  private readonly ready: number[] = [];
  private readonly blocked: number[] = [];

  set(tid: number, time: number, state: State, core = -1, waitsFor = -1): void {
    this.count(tid, time);
    this.states[tid] = state;
    this.cores[tid] = core;
    this.waits[tid] = waitsFor;
  }

  /** What a thread has spent by a time. */
  spent(tid: number, time: number): Spent {
    this.count(tid, time);
    const { running, ready, blocked } = this;
    return { running: running[tid] ?? 0, ready: ready[tid] ?? 0, blocked: blocked[tid] ?? 0 };
  }

  private count(tid: number, time: number): void {
    const length = time - (this.since[tid] ?? time);
    this.since[tid] = time;
    const state = this.states[tid];
    if (state === undefined || state === 'over' || length <= 0) return;
    const book = state === 'running' ? this.running : state === 'ready' ? this.ready : this.blocked;
    book[tid] = (book[tid] ?? 0) + length;
  }
}

/** The last event that touched an address, and the last that knew its value. */
type Touched = Map<number, { last: number; valued: number }>;

/** Everything after the first `cursor` events. Costs time in proportion to `cursor`: some 20 ns an event. */
export function momentAt(trace: Trace, map: Pick<SourceMap, 'sites'>, cursor: number): Moment {
  const cast = castOf(trace);
  const until = Math.min(cursor, trace.length);
  const threads = new Threads();
  const holders = new Map<number, number>();
  const touched = new Map<number, Touched>();
  for (let index = 0; index < until; index++) {
    const tid = trace.tid[index] as number;
    const site = trace.site[index] as number;
    const time = trace.time[index] as number;
    if (threads.states[tid] === undefined) threads.set(tid, time, 'ready');
    if (site >= 0) threads.sites[tid] = site;
    const a = trace.a[index] as number;
    switch (trace.kind[index]) {
      case EventKind.Dispatch:
        threads.set(tid, time, 'running', trace.core[index]);
        break;
      case EventKind.Stop:
        threads.set(tid, time, stopped[a] ?? 'ready', -1, a === StopReason.Blocked ? trace.b[index] : -1);
        break;
      case EventKind.Wake:
        if (threads.states[tid] !== 'running') threads.set(tid, time, 'ready');
        break;
      case EventKind.Exit:
        threads.set(tid, time, 'over');
        break;
      case EventKind.Acquire:
        holders.set(a, tid);
        break;
      case EventKind.Release:
        holders.delete(a);
        break;
      case EventKind.Load:
      case EventKind.Store:
        touch(touched, cast.get(tid)?.pid ?? 0, a, index, (trace.b[index] as number) >= 0);
        break;
    }
  }
  const now = until === trace.length ? trace.end : until > 0 ? (trace.time[until - 1] as number) : 0;
  return {
    time: now,
    threads: [...cast.values()].flatMap((player): ThreadMoment[] => {
      const { tid } = player;
      const state = threads.states[tid];
      if (state === undefined) return [];
      const line = map.sites[threads.sites[tid] ?? -1]?.line ?? 0;
      const [core, waitsFor] = [threads.cores[tid] ?? -1, threads.waits[tid] ?? -1];
      return [{ ...player, state, core, line, waitsFor, spent: threads.spent(tid, now) }];
    }),
    holders,
    variables: [...touched].flatMap(([pid, places]) => seenIn(trace, map, pid, places)),
  };
}

function touch(
  touched: Map<number, Touched>,
  pid: number,
  address: number,
  index: number,
  isKnown: boolean,
): void {
  let places = touched.get(pid);
  if (!places) {
    places = new Map();
    touched.set(pid, places);
  }
  const place = places.get(address);
  if (!place) places.set(address, { last: index, valued: isKnown ? index : -1 });
  else {
    place.last = index;
    if (isKnown) place.valued = index;
  }
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

/** Where a trace prints: asked for at every step, counted once. */
const prints = new WeakMap<Trace, readonly number[]>();

/** Lines printed by the first `cursor` events. */
export function printsBefore(trace: Trace, cursor: number): number {
  let places = prints.get(trace);
  if (!places) {
    const found: number[] = [];
    for (let index = 0; index < trace.length; index++)
      if (trace.kind[index] === EventKind.Print) found.push(index);
    places = found;
    prints.set(trace, places);
  }
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) < cursor) low = middle + 1;
    else high = middle;
  }
  return low;
}
