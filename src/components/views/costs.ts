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
  const parts = new Map<number, number>();
  for (let index = 0; index < trace.length; index++) {
    if (trace.kind[index] !== EventKind.Overhead) continue;
    const part = trace.b[index] ?? 0;
    parts.set(part, (parts.get(part) ?? 0) + (trace.a[index] ?? 0));
  }
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
