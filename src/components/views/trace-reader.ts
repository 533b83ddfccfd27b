/** A trace read from its beginning, so that any moment of it can be asked for, in any order, without reading it all again. */
import { EventKind, StopReason, type Trace } from '../../engine/events.ts';
import type { Spent, ThreadMoment } from './moment.ts';

const stopped = ['ready', 'blocked', 'ready', 'over', 'asleep'] as const;

type State = ThreadMoment['state'];

/** What is known of the threads while events go by; columns by thread number, because there can be a million events. */
export class Threads {
  readonly states: State[] = [];
  readonly cores: number[] = [];
  readonly sites: number[] = [];
  readonly waits: number[] = [];
  readonly since: number[] = [];
  readonly running: number[] = [];
  readonly ready: number[] = [];
  readonly blocked: number[] = [];

  set(tid: number, time: number, state: State, core = -1, waitsFor = -1): void {
    this.count(tid, time);
    this.states[tid] = state;
    this.cores[tid] = core;
    this.waits[tid] = waitsFor;
  }

  /** What a thread has spent by a time that is not before the last event. */
  spent(tid: number, time: number): Spent {
    const length = Math.max(0, time - (this.since[tid] ?? time));
    const book = this.bookOf(tid);
    const of = (one: readonly number[]) => (one[tid] ?? 0) + (one === book ? length : 0);
    return { running: of(this.running), ready: of(this.ready), blocked: of(this.blocked) };
  }

  /** The same again, to be read on from here. */
  copy(): Threads {
    const copy = new Threads();
    for (const key of columns) copy[key].push(...(this[key] as never[]));
    return copy;
  }

  private count(tid: number, time: number): void {
    const length = time - (this.since[tid] ?? time);
    this.since[tid] = time;
    const book = this.bookOf(tid);
    if (book && length > 0) book[tid] = (book[tid] ?? 0) + length;
  }

  private bookOf(tid: number): number[] | null {
    const state = this.states[tid];
    if (state === undefined || state === 'over') return null;
    return state === 'running' ? this.running : state === 'ready' ? this.ready : this.blocked;
  }
}

const columns = ['states', 'cores', 'sites', 'waits', 'since', 'running', 'ready', 'blocked'] as const;

/** By address: the last event that touched it, and the last that knew its value. */
export type Touched = Map<number, { last: number; valued: number }>;

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

/** Everything that the first events of a trace say. */
class Standing {
  /** Events read. */
  index = 0;
  threads = new Threads();
  holders = new Map<number, number>();
  /** By process. */
  touched = new Map<number, Touched>();

  /** Addresses it knows something of. */
  get size(): number {
    let size = 0;
    for (const places of this.touched.values()) size += places.size;
    return size;
  }

  copy(): Standing {
    const copy = new Standing();
    copy.index = this.index;
    copy.threads = this.threads.copy();
    copy.holders = new Map(this.holders);
    for (const [pid, places] of this.touched) {
      copy.touched.set(pid, new Map([...places].map(([address, place]) => [address, { ...place }])));
    }
    return copy;
  }

  /** Read on up to an event. */
  read(trace: Trace, pids: readonly number[], until: number): void {
    for (; this.index < until; this.index++) this.take(trace, pids, this.index);
  }

  private take(trace: Trace, pids: readonly number[], index: number): void {
    const { threads } = this;
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
        this.holders.set(a, tid);
        break;
      case EventKind.Release:
        this.holders.delete(a);
        break;
      case EventKind.Load:
      case EventKind.Store:
        touch(this.touched, pids[tid] ?? 0, a, index, (trace.b[index] as number) >= 0);
        break;
    }
  }
}

/** Events between two moments that are kept, at first: some milliseconds of reading. */
const firstStride = 16_384;

/** Addresses that the kept moments may hold together; beyond, every other moment is let go. */
const mostAddresses = 200_000;

/** Reads one trace, each event once, and keeps a moment now and then. */
export class TraceReader {
  private readonly trace: Trace;
  private readonly pids: number[] = [];
  private readonly front = new Standing();
  private kept: Standing[] = [];
  private keptSize = 0;
  private stride = firstStride;

  constructor(trace: Trace) {
    this.trace = trace;
    for (const { tid, pid } of trace.threads) this.pids[tid] = pid;
  }

  /** True where asking for this moment takes milliseconds. */
  isNear(cursor: number): boolean {
    return cursor <= this.front.index + firstStride;
  }

  /** Read on in the direction of a moment, for some milliseconds. */
  approach(cursor: number): void {
    this.readOn(Math.min(cursor, this.front.index + firstStride));
  }

  /** What the first `cursor` events say; only to be looked at. */
  at(cursor: number): Standing {
    if (cursor >= this.front.index) {
      this.readOn(cursor);
      return this.front;
    }
    const before = this.kept.findLast(({ index }) => index <= cursor)?.copy() ?? new Standing();
    before.read(this.trace, this.pids, cursor);
    return before;
  }

  private readOn(cursor: number): void {
    const { front, trace, pids } = this;
    while (front.index < cursor) {
      const next = (Math.floor(front.index / this.stride) + 1) * this.stride;
      front.read(trace, pids, Math.min(next, cursor));
      if (front.index === next && front.size <= mostAddresses) this.keep(front.copy());
    }
  }

  private keep(standing: Standing): void {
    this.kept.push(standing);
    this.keptSize += standing.size + 1;
    if (this.keptSize <= mostAddresses) return;
    this.stride *= 2;
    this.kept = this.kept.filter(({ index }) => index % this.stride === 0);
    this.keptSize = this.kept.reduce((sum, { size }) => sum + size + 1, 0);
  }
}

const readers = new WeakMap<Trace, TraceReader>();

/** The reader of a trace, made when first asked for. */
export function readerOf(trace: Trace): TraceReader {
  const known = readers.get(trace);
  if (known) return known;
  const reader = new TraceReader(trace);
  readers.set(trace, reader);
  return reader;
}

/** Read a long trace up to a moment, a few milliseconds a task; then tell. Returns how to stop. */
export function readSoon(trace: Trace, cursor: number, onRead: () => void): () => void {
  const reader = readerOf(trace);
  let waiting: ReturnType<typeof setTimeout>;
  const read = () => {
    if (reader.isNear(cursor)) return onRead();
    reader.approach(cursor);
    waiting = setTimeout(read);
  };
  waiting = setTimeout(read);
  return () => clearTimeout(waiting);
}
