import { EventKind, type Trace } from '../../engine/events.ts';
import type { SourceMap } from '../../engine/service.ts';
import { lineOf } from './moment.ts';
import { type Pointed, variableKey } from './pointed.ts';

/** Events looked at: a long run has passed every line it passes long before its end. */
const most = 200_000;

const known = new WeakMap<Trace, Map<string, readonly number[]>>();

/** The lines where a run has to do with what is pointed at: those a thread passed, or those that touch a variable. */
export function linesOf(
  trace: Trace,
  map: Pick<SourceMap, 'sites'>,
  { tid, variable }: Pointed,
): readonly number[] {
  const key = variable || `thread ${tid}`;
  const lines = known.get(trace) ?? new Map<string, readonly number[]>();
  known.set(trace, lines);
  const before = lines.get(key);
  if (before) return before;
  const pids = new Map(trace.threads.map((thread) => [thread.tid, thread.pid]));
  const isAccess = (index: number): boolean =>
    trace.kind[index] === EventKind.Load || trace.kind[index] === EventKind.Store;
  const isMeant = (index: number): boolean => {
    const who = trace.tid[index] ?? 0;
    if (variable === '') return who === tid;
    return isAccess(index) && variableKey(pids.get(who) ?? 0, trace.a[index] ?? 0) === variable;
  };
  const found = new Set<number>();
  for (let index = 0; index < Math.min(trace.length, most); index++) {
    const line = lineOf(trace, map, index);
    if (line > 0 && !found.has(line) && isMeant(index)) found.add(line);
  }
  const sorted = [...found].sort((a, b) => a - b);
  lines.set(key, sorted);
  return sorted;
}
