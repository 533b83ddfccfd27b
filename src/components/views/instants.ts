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
  /** It is what is pointed at, or happens there. */
  readonly isPointed: boolean;
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
 * Output, messages and wake-ups inside a window, and whatever happens on the line or to the variable that is pointed at. Empty where more events are
 * in sight than a picture could show.
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
    if (!pointed) return false;
    if (pointed.event !== undefined) return pointed.event === index;
    if (pointed.tid > 0) return false;
    if (pointed.variable === '') return lineOf(trace, map, index) === pointed.line;
    if (kind !== EventKind.Load && kind !== EventKind.Store) return false;
    return variableKey(pids.get(trace.tid[index] ?? 0) ?? 0, trace.a[index] ?? 0) === pointed.variable;
  };
  const found: Instant[] = [];
  for (let index = first; index < last; index++) {
    const number = trace.kind[index] as number;
    const isMeant = isPointed(index, number);
    const kind = kinds[number] ?? (isMeant ? 'pointed' : null);
    if (kind === null) continue;
    const by = kind === 'wake' ? Math.max(0, trace.a[index] as number) : 0;
    const [time, tid] = [trace.time[index] as number, trace.tid[index] as number];
    found.push({ index, time, tid, kind, by, isPointed: isMeant });
  }
  return found;
}

/** The sign of a thread nearest to a time and at most `near` nanoseconds away; of several at one time the last. Null where there is none. */
export function instantNear(
  instants: readonly Instant[],
  tid: number,
  time: number,
  near: number,
): Instant | null {
  let found: Instant | null = null;
  for (const instant of instants) {
    const away = Math.abs(instant.time - time);
    if (instant.tid === tid && away <= (found ? Math.abs(found.time - time) : near)) found = instant;
  }
  return found;
}
