import { CostPart, EventKind, StopReason, type Trace } from './trace.ts';

/** One entry of the trace-event format that Perfetto and Chrome open. Times and durations are microseconds. */
export interface TraceEvent {
  readonly name: string;
  /** `X` complete slice, `i` instant, `M` metadata. */
  readonly ph: 'X' | 'i' | 'M';
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  /** Scope of an instant: the thread. */
  readonly s?: 't';
  readonly cat?: string;
  readonly args?: { readonly [name: string]: string | number };
}

/** Process number under which the cores are listed; the simulated processes keep their own, which start at 1. */
const MACHINE = 0;

const nameOf = (table: { readonly [name: string]: number }, value: number): string =>
  Object.keys(table).find((name) => table[name] === value) ?? String(value);

const microseconds = (nanoseconds: number): number => nanoseconds / 1000;

/**
 * A trace in the trace-event format (JSON object form): each thread under its process, each core under "machine",
 * output and lock events as instants, overhead as slices of its core. With the program's sites, instants name their line.
 */
export function toTraceEvents(
  trace: Trace,
  sites: readonly { readonly line: number }[] = [],
): { traceEvents: TraceEvent[]; displayTimeUnit: 'ns' } {
  return { traceEvents: [...names(trace), ...happenings(trace, sites)], displayTimeUnit: 'ns' };
}

function names(trace: Trace): TraceEvent[] {
  const named = (kind: string, pid: number, tid: number, name: string): TraceEvent => ({
    name: kind,
    ph: 'M',
    ts: 0,
    pid,
    tid,
    args: { name },
  });
  return [
    named('process_name', MACHINE, 0, 'machine'),
    ...Array.from({ length: trace.cores }, (_, core) => named('thread_name', MACHINE, core, `core ${core}`)),
    ...trace.processes.map(({ pid, name }) => named('process_name', pid, 0, name)),
    ...trace.threads.map(({ pid, tid, name }) => named('thread_name', pid, tid, name)),
  ];
}

function happenings(trace: Trace, sites: readonly { readonly line: number }[]): TraceEvent[] {
  const events: TraceEvent[] = [];
  const threads = new Map(trace.threads.map((thread) => [thread.tid, thread]));
  /** Thread and time of the slice under way, by core. */
  const running = new Map<number, { tid: number; since: number }>();

  const slice = (core: number, end: number, why: string): void => {
    const open = running.get(core);
    running.delete(core);
    if (!open) return;
    const { pid = MACHINE, name = `thread ${open.tid}` } = threads.get(open.tid) ?? {};
    const span = { ph: 'X', ts: microseconds(open.since), dur: microseconds(end - open.since) } as const;
    events.push({
      ...span,
      name,
      cat: 'core',
      pid: MACHINE,
      tid: core,
      args: { thread: open.tid, ended: why },
    });
    events.push({ ...span, name: 'running', cat: 'thread', pid, tid: open.tid, args: { core, ended: why } });
  };

  for (let i = 0; i < trace.length; i++) {
    const time = trace.time[i] as number;
    const core = trace.core[i] as number;
    const tid = trace.tid[i] as number;
    const a = trace.a[i] as number;
    const pid = threads.get(tid)?.pid ?? MACHINE;
    const line = sites[trace.site[i] as number]?.line;
    const instant = (name: string): TraceEvent => ({
      name,
      ph: 'i',
      ts: microseconds(time),
      pid,
      tid,
      s: 't',
      ...(line !== undefined && { args: { line } }),
    });
    switch (trace.kind[i]) {
      case EventKind.Dispatch:
        slice(core, time, 'switched');
        running.set(core, { tid, since: time });
        break;
      case EventKind.Stop:
        slice(core, time, nameOf(StopReason, a).toLowerCase());
        break;
      case EventKind.Exit:
        if (running.get(core)?.tid === tid) slice(core, time, 'exited');
        break;
      case EventKind.Overhead:
        events.push({
          name: nameOf(CostPart, trace.b[i] as number),
          ph: 'X',
          ts: microseconds(time),
          dur: microseconds(a),
          pid: MACHINE,
          tid: core,
          cat: 'overhead',
        });
        break;
      case EventKind.Print:
        events.push(instant(`print ${trace.strings[a] ?? ''}`));
        break;
      case EventKind.Acquire:
      case EventKind.Release:
      case EventKind.Send:
      case EventKind.Receive: {
        const object = trace.objects.find(({ id }) => id === a);
        const what = object ? `${object.kind} ${object.name}` : `object ${a}`;
        events.push(instant(`${nameOf(EventKind, trace.kind[i] as number).toLowerCase()} ${what}`));
        break;
      }
    }
  }
  for (const core of running.keys()) slice(core, trace.end, 'end of the run');
  return events;
}
