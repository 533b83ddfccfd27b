/** One program before several schedulers: a strip for each, and what became of the jobs. */
import type { Report } from '../../../engine/index.ts';
import { castOf } from '../../views/cast.ts';
import { escaped } from './svg.ts';

/** A run under one policy. */
export interface Managed {
  readonly policy: string;
  readonly report: Pick<Report, 'time' | 'threads' | 'timeline'>;
}

/** Milliseconds that the jobs (all threads but the first) waited for their first turn, and until they were done, on average. */
export function served({ threads }: Pick<Report, 'threads'>): { response: number; turnaround: number } {
  const jobs = threads.slice(1);
  const mean = (of: (job: Report['threads'][number]) => number) =>
    jobs.reduce((sum, job) => sum + of(job), 0) / jobs.length / 1e6;
  return {
    response: mean(({ firstRun, created }) => (firstRun ?? created) - created),
    turnaround: mean(({ finished, created }) => (finished ?? created) - created),
  };
}

/** When each job ran, as SVG for a cell of a table; the letters stand for the jobs, so that colour is not needed. */
export function strip({ threads, timeline, time }: Managed['report']): string {
  const cast = castOf({ threads });
  const first = threads[0]?.tid;
  const pieces: { tid: number; start: number; end: number }[] = [];
  for (const { tid, start, end } of timeline) {
    if (tid === first || end === start) continue;
    const last = pieces.at(-1);
    if (last?.tid === tid && last.end === start) last.end = end;
    else pieces.push({ tid, start, end });
  }
  const share = (part: number) => ((100 * part) / time).toFixed(2);
  const drawn = pieces.map(({ tid, start, end }) => {
    const { name = '', hue = '' } = cast.get(tid) ?? {};
    return `<rect x="${share(start)}%" y="0" width="${share(end - start)}%" height="24" style="fill:${hue}"/><text x="${share((start + end) / 2)}%" y="16.5" text-anchor="middle">${escaped(name)}</text>`;
  });
  const order = pieces.map(({ tid }) => cast.get(tid)?.name).join(' ');
  return `<svg class="strip" width="100%" height="24" role="img" aria-label="${escaped(order)}">${drawn.join('')}</svg>`;
}
