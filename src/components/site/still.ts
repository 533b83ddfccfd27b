/** A still picture of a run, for paper, for readers without script, and for the cover: who ran when, drawn from its report. */
import { EventKind, type Trace } from '../../engine/events.ts';
import type { Report } from '../../engine/index.ts';
import { castOf } from '../views/cast.ts';
import { formatTime } from '../views/format.ts';

/** The parts of a report that the picture shows. */
export type Run = Pick<Report, 'time' | 'threads' | 'timeline'>;

/** The parts of a trace that say when the kernel worked. */
export type Overheads = Pick<Trace, 'length' | 'kind' | 'time' | 'a' | 'truncated'>;

/** A stretch of time in nanoseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Percent of the width for the names at the left. All widths are shares, so that names keep their size on a phone. */
const NAMES = 20;
/** The width that a picture is made for: what would be narrower than a pixel there is joined. */
const WIDTH = 500;
/** Percent of the width that the shortest bar has, so that it is seen at all. */
const SEEN = 0.25;
const ROW = 26;
const BAR = 16;
/** Most rows of threads; a run with more says how many are left out. */
const MOST_ROWS = 12;

/** Neighbouring spans joined where the gap between them is too small to be drawn, so that a long run stays a small file. */
export function joined(spans: readonly Span[], smallest: number): Span[] {
  const result: Span[] = [];
  for (const { start, end } of spans) {
    const last = result.at(-1);
    if (last && (start - last.end < smallest || start <= last.end))
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else result.push({ start, end });
  }
  return result;
}

/** The kernel's time on the one core of a run: where no thread had the core and it was not idle. Empty for several cores, where it would need a row each. */
export function kernelSpans({ timeline, time }: Run, trace: Overheads): Span[] {
  if (trace.truncated || timeline.some(({ core }) => core > 0)) return [];
  const gaps: Span[] = [];
  let free = 0;
  for (const { start, end } of timeline) {
    if (start > free) gaps.push({ start: free, end: start });
    free = Math.max(free, end);
  }
  if (time > free) gaps.push({ start: free, end: time });
  const spans: Span[] = [];
  let gap = 0;
  for (const { start, end } of overheads(trace)) {
    while ((gaps[gap]?.end ?? Number.POSITIVE_INFINITY) <= start) gap++;
    for (let index = gap; (gaps[index]?.start ?? end) < end; index++) {
      const { start: from, end: to } = gaps[index] as Span;
      spans.push({ start: Math.max(start, from), end: Math.min(end, to) });
    }
  }
  return spans;
}

/** When the core was busy with something that is not the program's, in order. */
function overheads({ length, kind, time, a }: Overheads): Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < length; index++) {
    if (kind[index] !== EventKind.Overhead) continue;
    const start = time[index] as number;
    spans.push({ start, end: start + (a[index] as number) });
  }
  return joined(
    spans.sort((one, other) => one.start - other.start),
    0,
  );
}

/** What the picture says, in words. */
export function stillText(run: Run): string {
  const cast = castOf(run);
  const parts = run.threads
    .map(({ tid }) => ({ tid, turns: run.timeline.filter((span) => span.tid === tid).length }))
    .filter(({ turns }) => turns > 0)
    .map(({ tid, turns }) => `${cast.get(tid)?.name} ${turns === 1 ? 'once' : `${turns} times`}`);
  return `In ${formatTime(run.time)}, each ran: ${parts.join(', ')}.`;
}

/**
 * The picture as SVG. Its colours are the page's tokens where it stands in a page; elsewhere the values that `tokens`,
 * the text of src/styles/tokens.css, gives them in the light theme.
 */
export function still(run: Run, trace: Overheads, tokens: string): string {
  const paint = (colour: string) => withFallback(colour, tokens);
  const cast = castOf(run);
  const smallest = run.time / WIDTH;
  const rows = run.threads
    .map(({ tid }) => ({
      name: cast.get(tid)?.name ?? '',
      colour: cast.get(tid)?.hue ?? '',
      spans: run.timeline.filter((span) => span.tid === tid) as readonly Span[],
    }))
    .filter(({ spans }) => spans.length > 0);
  const shown = rows.slice(0, MOST_ROWS);
  const kernel = kernelSpans(run, trace);
  if (kernel.length > 0) shown.push({ name: 'kernel', colour: 'var(--kernel)', spans: kernel });
  const share = (time: number) => ((100 - NAMES) * time) / Math.max(1, run.time);
  const height = shown.length * ROW + 20;
  const names = shown.map(
    ({ name }, index) =>
      `<text x="${NAMES - 1}%" y="${index * ROW + 16}" text-anchor="end">${escaped(name)}</text>`,
  );
  const bars = shown.map(({ colour, spans }, index) => {
    const drawn = joined(spans, smallest).map(
      ({ start, end }) =>
        `<rect x="${(NAMES + share(start)).toFixed(2)}%" y="${index * ROW + 4}" width="${Math.max(SEEN, share(end - start)).toFixed(2)}%" height="${BAR}"/>`,
    );
    return `<g style="fill:${paint(colour)}">${drawn.join('')}</g>`;
  });
  const left = Math.max(0, rows.length - MOST_ROWS);
  const note = left > 0 ? `<text x="${NAMES}%" y="${height - 4}">and ${left} more threads</text>` : '';
  const end = `<text x="100%" y="${height - 4}" text-anchor="end">${formatTime(run.time)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="${height}" role="img" class="still" font-family="sans-serif" font-size="12" style="fill:${paint('var(--ink-soft)')}"><title>${escaped(stillText(run))}</title>${names.join('')}${bars.join('')}${note}${end}</svg>`;
}

/** `var(--name)` with the first value that `tokens` gives it, which is the light theme's. */
function withFallback(colour: string, tokens: string): string {
  const name = /^var\((--[a-z0-9-]+)\)$/.exec(colour)?.[1];
  const value = new RegExp(`${name}: (#[0-9a-f]{6});`).exec(tokens)?.[1];
  if (!name || !value) throw new Error(`${colour} is no colour of src/styles/tokens.css`);
  return `var(${name},${value})`;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
