import { EventKind, type Trace } from '../../engine/events.ts';
import type { Report } from '../../engine/index.ts';
import { costWords } from './event-words.ts';

/** One line of the bill. Virtual nanoseconds, summed over all cores. */
export interface CostRow {
  readonly label: string;
  readonly time: number;
  readonly kind: 'useful' | 'overhead' | 'idle';
}

/** Where the time of all cores went: useful work, each kind of overhead, idleness. The rows add up to cores times time. */
export function billOf(trace: Trace, report: Report): CostRow[] {
  const sums: number[] = [];
  const { kind, a, b, length } = trace;
  for (let index = 0; index < length; index++) {
    if (kind[index] !== EventKind.Overhead) continue;
    const part = b[index] as number;
    sums[part] = (sums[part] ?? 0) + (a[index] as number);
  }
  const parts = new Map(Object.entries(sums).map(([part, time]) => [Number(part), time]));
  const { useful, overhead, idle } = report.metrics;
  const known = [...parts.values()].reduce((sum, time) => sum + time, 0);
  // A truncated trace knows only a part of the overhead that the counters saw: name the parts by their share.
  const scale = known > overhead && known > 0 ? overhead / known : 1;
  const rows: CostRow[] = [...parts]
    .sort(([, a], [, b]) => b - a)
    .map(([part, time]) => ({ label: costWords[part] ?? 'overhead', time: time * scale, kind: 'overhead' }));
  const rest = overhead - known * scale;
  return [
    { label: 'useful work', time: useful, kind: 'useful' },
    ...rows,
    ...(rest > overhead * 1e-9 ? [{ label: 'other overhead', time: rest, kind: 'overhead' as const }] : []),
    { label: 'idle', time: idle, kind: 'idle' },
  ];
}

/** How long a run and its threads took: what policies are judged by. Threads that never ran or never ended are left out. */
export function timesOf({
  time,
  threads,
}: Pick<Report, 'time' | 'threads'>): { label: string; time: number }[] {
  const mean = (times: readonly (number | null)[]) => {
    const known = times.filter((one) => one !== null);
    return known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : 0;
  };
  const since = (created: number, then: number | null) => (then === null ? null : then - created);
  return [
    { label: 'the whole run', time },
    {
      label: 'turnaround, on average',
      time: mean(threads.map(({ created, finished }) => since(created, finished))),
    },
    {
      label: 'response, on average',
      time: mean(threads.map(({ created, firstRun }) => since(created, firstRun))),
    },
    { label: 'ready and not running, on average', time: mean(threads.map(({ ready }) => ready)) },
    { label: 'ready and not running, at most', time: Math.max(0, ...threads.map(({ ready }) => ready)) },
  ];
}

/** The counters of a run, named for readers. */
export function countersOf({ metrics }: Report): { label: string; value: number }[] {
  return [
    { label: 'switches between threads', value: metrics.threadSwitches },
    { label: 'switches between processes', value: metrics.processSwitches },
    { label: 'switches between fibers', value: metrics.fiberSwitches },
    { label: 'system calls', value: metrics.syscalls },
    { label: 'bytes copied', value: metrics.bytesCopied },
    { label: 'page faults', value: metrics.pageFaults },
    { label: 'TLB misses', value: metrics.tlbMisses },
    { label: 'cache misses', value: metrics.cacheMisses },
  ];
}
