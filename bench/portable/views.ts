/** The views: opening a trace of a million events, and drawing a frame of it. Ratios to reading the trace once. */
import { type Lane, LaneBuilder, lanesOf } from '../../src/components/views/lanes.ts';
import { momentAt } from '../../src/components/views/moment.ts';
import { slicesOf } from '../../src/components/views/slices.ts';
import { EventKind, StopReason, type Trace } from '../../src/engine/events.ts';
import { seconds, type Table } from '../table.ts';

const EVENTS = 1_000_000;
const THREADS = 20;
const PIXELS = 1_200;

/** The tables of this benchmark. */
export default async function views(): Promise<readonly Table[]> {
  const trace = longTrace();
  const read = seconds(() => readOnce(trace));
  const { cores, threads } = lanesOf(trace);
  const rows = [...cores, ...threads];
  const frame = (length: number) => seconds(() => drawFrame(rows, trace.end / 3, trace.end / 3 + length));
  const measures: [string, number][] = [
    ['open the timeline, in all', seconds(() => lanesOf(trace))],
    ['open the timeline, longest task', longestTask(trace)],
    ['state at the last event', seconds(() => momentAt(trace, { sites: [] }, trace.length))],
    ['a frame of the whole run', frame(trace.end)],
    ['a frame of a thousandth', frame(trace.end / 1_000)],
    ['a frame of a millionth', frame(trace.end / 1_000_000)],
  ];
  return [
    {
      title: 'Views of a trace of 1,000,000 events, 20 threads, 1,200 pixels wide',
      note: 'Against reading every event once. A task on the page may last 50 ms; a frame has 16 ms.',
      columns: ['what', 'ms', 'ratio to reading once'],
      rows: measures.map(([what, time]) => [what, time * 1_000, time / read]),
    },
  ];
}

/** Threads that take turns on one core: a dispatch, a load, a store, a preemption. */
function longTrace(): Trace {
  const turn = [EventKind.Dispatch, EventKind.Load, EventKind.Store, EventKind.Stop];
  const column = (value: (index: number) => number) =>
    Array.from({ length: EVENTS }, (_, index) => value(index));
  return {
    format: 1,
    cores: 1,
    end: EVENTS * 10,
    length: EVENTS,
    time: Float64Array.from(column((index) => index * 10)),
    kind: Uint8Array.from(column((index) => turn[index % turn.length] ?? 0)),
    core: new Int16Array(EVENTS),
    tid: Int32Array.from(column((index) => 1 + (Math.floor(index / turn.length) % THREADS))),
    site: new Int32Array(EVENTS).fill(-1),
    a: new Float64Array(EVENTS).fill(StopReason.Preempted),
    b: new Float64Array(EVENTS).fill(-1),
    strings: [],
    processes: [{ pid: 1, parent: 0, name: 'main' }],
    threads: Array.from({ length: THREADS }, (_, index) => ({
      tid: index + 1,
      pid: 1,
      name: `thread ${index + 1}`,
    })),
    objects: [],
    truncated: false,
  };
}

/** The page reads a trace in portions of 50,000 events: the slowest of them, best of five rounds. */
function longestTask(trace: Trace): number {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const builder = new LaneBuilder(trace);
    let longest = 0;
    for (let over = false; !over; ) {
      const start = performance.now();
      over = builder.advance(50_000);
      longest = Math.max(longest, performance.now() - start);
    }
    best = Math.min(best, longest);
  }
  return best / 1_000;
}

/** Where sums go, so that nothing measured can be left out. */
const sink = { sum: 0 };

function readOnce({ time, kind, tid, a, b, core, site, length }: Trace): void {
  for (let index = 0; index < length; index++) {
    sink.sum +=
      (time[index] as number) +
      (kind[index] as number) +
      (tid[index] as number) +
      (a[index] as number) +
      (b[index] as number) +
      (core[index] as number) +
      (site[index] as number);
  }
}

function drawFrame(rows: readonly Lane[], from: number, to: number): void {
  for (const row of rows) sink.sum += slicesOf(row, from, to, PIXELS).length;
}
