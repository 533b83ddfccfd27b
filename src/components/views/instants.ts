import { EventKind, type Trace } from '../../engine/events.ts';
import type { SourceMap } from '../../engine/service.ts';
import { cursorAt, lineOf } from './moment.ts';
import { type Pointed, variableKey } from './pointed.ts';
import type { Window } from './window.ts';

/** Something that happens at one time on the row of a thread. */
export interface Instant {
  readonly index: number;
  readonly time: number;
  readonly tid: number;
  readonly kind: 'print' | 'send' | 'receive' | 'wake' | 'pointed';
  /** Who woke it; 0 where nobody did or it is no wake. */
  readonly by: number;
}

/** Events looked at for one picture; where more are in sight, single ones could not be told apart. */
const most = 20_000;

const kinds: Readonly<Record<number, Instant['kind']>> = {
  [EventKind.Print]: 'print',
  [EventKind.Send]: 'send',
  [EventKind.Receive]: 'receive',
  [EventKind.Wake]: 'wake',
};

/**
 * Output, messages and wake-ups inside a window, and the accesses of the line or the variable that is pointed at. Empty where more events are in
 * sight than a picture could show.
 */
export function instantsOf(
  trace: Trace,
  map: Pick<SourceMap, 'sites'>,
  { from, to }: Window,
  pointed: Pointed | null,
): Instant[] {
  const first = from <= 0 ? 0 : cursorAt(trace, from);
  const last = cursorAt(trace, to);
  if (last - first > most) return [];
  const pids = new Map(trace.threads.map(({ tid, pid }) => [tid, pid]));
  const isPointed = (index: number, kind: number): boolean => {
    if (!pointed || pointed.tid > 0) return false;
    if (pointed.variable === '') return lineOf(trace, map, index) === pointed.line;
    if (kind !== EventKind.Load && kind !== EventKind.Store) return false;
    return variableKey(pids.get(trace.tid[index] ?? 0) ?? 0, trace.a[index] ?? 0) === pointed.variable;
  };
  const found: Instant[] = [];
  for (let index = first; index < last; index++) {
    const number = trace.kind[index] as number;
    const kind = kinds[number] ?? (isPointed(index, number) ? 'pointed' : null);
    if (kind === null) continue;
    const by = kind === 'wake' ? Math.max(0, trace.a[index] as number) : 0;
    found.push({ index, time: trace.time[index] as number, tid: trace.tid[index] as number, kind, by });
  }
  return found;
}
