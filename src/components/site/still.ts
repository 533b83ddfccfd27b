/** A still picture of a run, for paper, for readers without script, and for the cover: who ran and who waited when. */
import { EventKind, type Trace } from '../../engine/events.ts';
import type { Report } from '../../engine/index.ts';
import { castOf } from '../views/cast.ts';
import { formatTime } from '../views/format.ts';
import { LaneState, lanesOf } from '../views/lanes.ts';

/** The parts of a report that the picture shows. */
export type Run = Pick<Report, 'time' | 'threads' | 'timeline'> & Partial<Pick<Report, 'processes'>>;

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

/** A stretch in which a thread did not run. */
export interface Wait extends Span {
  readonly state: 'ready' | 'blocked' | 'asleep';
}

const waitStates = new Map<number, Wait['state']>([
  [LaneState.Ready, 'ready'],
  [LaneState.Blocked, 'blocked'],
  [LaneState.Asleep, 'asleep'],
]);

/** When each thread waited, and for which reason, by its number. Empty where the trace lacks its end. */
export function waitsOf(trace: Trace): ReadonlyMap<number, readonly Wait[]> {
  if (trace.truncated) return new Map();
  return new Map(
    lanesOf(trace).threads.map(({ id, starts, ends, states }) => [
      id,
      Array.from(states).flatMap((number, index) => {
        const state = waitStates.get(number);
        return state ? [{ state, start: starts[index] as number, end: ends[index] as number }] : [];
      }),
    ]),
  );
}

/** What of a run is drawn beside the turns of its threads. */
export interface Beside {
  readonly kernel: readonly Span[];
  readonly waits: ReadonlyMap<number, readonly Wait[]>;
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** What the picture says, in words. */
export function stillText(run: Run, { waits }: Pick<Beside, 'waits'>): string {
  const cast = castOf(run);
  const parts = run.threads
    .map(({ tid }) => ({
      tid,
      turns: run.timeline.filter((span) => span.tid === tid).length,
      stops: (waits.get(tid) ?? []).filter(({ state }) => state !== 'ready').length,
    }))
    .filter(({ turns, stops }) => turns + stops > 0)
    .map(({ tid, turns, stops }) =>
      [cast.get(tid)?.name, turns > 0 && `ran ${times(turns)}`, stops > 0 && `waited ${times(stops)}`]
        .filter(Boolean)
        .join(' ')
        .replace(' waited', turns > 0 ? ' and waited' : ' waited'),
    );
  return `In ${formatTime(run.time)}: ${parts.join(', ')}.`;
}

/** How each kind of wait looks: a thin bar could run, a line waits for something, dots sleep; as in the timeline. */
const waitLook = {
  ready: { height: 6, words: 'thin: ready' },
  blocked: { height: 2, words: 'line: blocked' },
  asleep: { height: 2, words: 'dashes: asleep' },
} as const;

/**
 * The picture as SVG. Its colours are the page's tokens where it stands in a page; elsewhere the values that `tokens`,
 * the text of src/styles/tokens.css, gives them in the light theme.
 */
export function still(run: Run, beside: Beside, tokens: string): string {
  const paint = (colour: string) => withFallback(colour, tokens);
  const cast = castOf(run);
  const smallest = run.time / WIDTH;
  const rows = run.threads
    .map(({ tid }) => ({
      name: cast.get(tid)?.name ?? '',
      colour: cast.get(tid)?.hue ?? '',
      spans: run.timeline.filter((span) => span.tid === tid) as readonly Span[],
      waits: beside.waits.get(tid) ?? [],
    }))
    .filter(({ spans, waits }) => spans.length > 0 || waits.some(({ state }) => state !== 'ready'));
  const shown = rows.slice(0, MOST_ROWS);
  if (beside.kernel.length > 0)
    shown.push({ name: 'kernel', colour: 'var(--kernel)', spans: beside.kernel, waits: [] });
  const share = (time: number) => ((100 - NAMES) * time) / Math.max(1, run.time);
  const height = shown.length * ROW + 20;
  const names = shown.map(
    ({ name }, index) =>
      `<text x="${NAMES - 1}%" y="${index * ROW + 16}" text-anchor="end">${escaped(name)}</text>`,
  );
  const bar = ({ start, end }: Span, row: number, tall: number) =>
    `<rect x="${(NAMES + share(start)).toFixed(2)}%" y="${row * ROW + 4 + (BAR - tall) / 2}" width="${Math.max(SEEN, share(end - start)).toFixed(2)}%" height="${tall}"/>`;
  const dashes = ({ start, end }: Span, row: number) => {
    const y = row * ROW + 4 + BAR / 2;
    return `<line x1="${(NAMES + share(start)).toFixed(2)}%" x2="${(NAMES + share(end)).toFixed(2)}%" y1="${y}" y2="${y}" stroke-width="2" stroke-dasharray="2 4"/>`;
  };
  const bars = shown.map(({ colour, spans, waits }, row) => {
    const waited = (['ready', 'blocked', 'asleep'] as const).flatMap((state) =>
      joined(
        waits.filter((wait) => wait.state === state),
        smallest,
      ).map((span) => (state === 'asleep' ? dashes(span, row) : bar(span, row, waitLook[state].height))),
    );
    const ran = joined(spans, smallest).map((span) => bar(span, row, BAR));
    const hue = paint(colour);
    return `<g style="fill:${hue};stroke:none">${ran.join('')}<g style="stroke:${hue}" stroke-width="0">${waited.join('')}</g></g>`;
  });
  const left = Math.max(0, rows.length - MOST_ROWS);
  const kinds = new Set(shown.flatMap(({ waits }) => waits.map(({ state }) => state)));
  const notes = [
    ...(left > 0 ? [`and ${left} more threads`] : []),
    ...(['ready', 'blocked', 'asleep'] as const).flatMap((s) => (kinds.has(s) ? waitLook[s].words : [])),
  ];
  const note = notes.length ? `<text x="${NAMES}%" y="${height - 4}">${notes.join(', ')}</text>` : '';
  const end = `<text x="100%" y="${height - 4}" text-anchor="end">${formatTime(run.time)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="${height}" role="img" class="still" font-family="sans-serif" font-size="12" style="fill:${paint('var(--ink-soft)')}"><title>${escaped(stillText(run, beside))}</title>${names.join('')}${bars.join('')}${note}${end}</svg>`;
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
