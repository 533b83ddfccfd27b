import { EventKind, StopReason, type Trace } from '../../../src/engine/events.ts';
import type { SourceMap } from '../../../src/engine/service.ts';

/** One event, as tests write it. */
export interface Row {
  readonly time: number;
  readonly kind: number;
  readonly tid: number;
  readonly core?: number;
  readonly site?: number;
  readonly a?: number;
  readonly b?: number;
}

/** A trace made of rows: threads 1 main, 2 ann, 3 ben of process 1. */
export function traceOf(rows: readonly Row[], more: Partial<Trace> = {}): Trace {
  return {
    format: 1,
    cores: 1,
    end: rows.at(-1)?.time ?? 0,
    length: rows.length,
    time: Float64Array.from(rows, ({ time }) => time),
    kind: Uint8Array.from(rows, ({ kind }) => kind),
    core: Int16Array.from(rows, ({ core }) => core ?? 0),
    tid: Int32Array.from(rows, ({ tid }) => tid),
    site: Int32Array.from(rows, ({ site }) => site ?? -1),
    a: Float64Array.from(rows, ({ a }) => a ?? 0),
    b: Float64Array.from(rows, ({ b }) => b ?? -1),
    strings: ['0', '1'],
    processes: [{ pid: 1, parent: 0, name: 'main' }],
    threads: [
      { tid: 1, pid: 1, name: 'main' },
      { tid: 2, pid: 1, name: 'ann' },
      { tid: 3, pid: 1, name: 'ben' },
    ],
    objects: [{ id: 7, kind: 'mutex', name: 'm' }],
    truncated: false,
    ...more,
  };
}

/** Sites 0, 1 and 2: lines 4, 5 and 5. */
export const map: Pick<SourceMap, 'sites'> = {
  sites: [
    { line: 4, column: 1, kind: 'load', name: 'counter', function: 0 },
    { line: 5, column: 1, kind: 'store', name: 'counter', function: 0 },
    { line: 5, column: 9, kind: 'call', name: 'lock', function: 0 },
  ],
};

/** Ann loads, is preempted, ben loads and stores, ann stores: the update of ben is lost. */
export const lostUpdate = traceOf([
  { time: 0, kind: EventKind.Create, tid: 2 },
  { time: 0, kind: EventKind.Create, tid: 3 },
  { time: 10, kind: EventKind.Dispatch, tid: 2 },
  { time: 12, kind: EventKind.Load, tid: 2, site: 0, a: 4096, b: 0 },
  { time: 20, kind: EventKind.Stop, tid: 2, a: StopReason.Preempted },
  { time: 20, kind: EventKind.Overhead, tid: 3, a: 5, b: 1 },
  { time: 25, kind: EventKind.Dispatch, tid: 3 },
  { time: 30, kind: EventKind.Load, tid: 3, site: 0, a: 4096, b: 0 },
  { time: 35, kind: EventKind.Store, tid: 3, site: 1, a: 4096, b: 1 },
  { time: 40, kind: EventKind.Exit, tid: 3 },
  { time: 45, kind: EventKind.Dispatch, tid: 2 },
  { time: 50, kind: EventKind.Store, tid: 2, site: 1, a: 4096, b: 1 },
  { time: 60, kind: EventKind.Exit, tid: 2 },
]);
