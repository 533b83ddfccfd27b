import { EventKind, StopReason, type Trace } from '../../engine/events.ts';
import type { ExplorationReport, Report } from '../../engine/index.ts';
import type { SourceMap } from '../../engine/service.ts';
import { lineOf } from './moment.ts';

/** A run to look for the cause in. */
interface Suspect {
  readonly trace: Trace;
  readonly map: Pick<SourceMap, 'sites'>;
  readonly report: Pick<Report, 'status' | 'error' | 'races'>;
}

/**
 * The cursor just after what made a run go wrong: the wait that closed the circle of a deadlock, the access that the explorer found guilty, the place
 * that threw, or the access that races with an earlier one. Null where nothing went wrong.
 */
export function causeOf(run: Suspect, exploration: ExplorationReport | null): number | null {
  const { trace, report } = run;
  const { error, status, races } = report;
  if (status === 'deadlock') return lastWhere(trace, (index) => isWait(trace, index)) ?? trace.length;
  if (error) {
    const failure = exploration?.failures.find(({ message }) => message === error.message);
    const place = failure?.guilty.at(-1) ?? { line: error.line, tid: 0 };
    return lastAt(run, place) ?? trace.length;
  }
  const [race] = races;
  return race ? secondOf(run, race.first, race.second) : null;
}

interface Place {
  readonly line: number;
  /** 0: any thread. */
  readonly tid: number;
}

const isWait = ({ kind, a }: Trace, index: number): boolean =>
  kind[index] === EventKind.Stop && a[index] === StopReason.Blocked;

const isAt = ({ trace, map }: Suspect, index: number, { line, tid }: Place): boolean =>
  (tid === 0 || trace.tid[index] === tid) && lineOf(trace, map, index) === line;

const isAccess = ({ kind }: Trace, index: number, isWrite: boolean): boolean =>
  kind[index] === (isWrite ? EventKind.Store : EventKind.Load);

/** The cursor after the last event for which something holds; null where there is none. */
function lastWhere({ length }: Trace, holds: (index: number) => boolean): number | null {
  for (let index = length - 1; index >= 0; index--) if (holds(index)) return index + 1;
  return null;
}

const lastAt = (run: Suspect, place: Place): number | null =>
  place.line > 0 ? lastWhere(run.trace, (index) => isAt(run, index, place)) : null;

type Access = Report['races'][number]['first'];

/** The cursor after the first time that one access comes after the other. */
function secondOf(run: Suspect, first: Access, second: Access): number | null {
  const { trace } = run;
  let isFirstDone = false;
  for (let index = 0; index < trace.length; index++) {
    if (isFirstDone && isAccess(trace, index, second.write) && isAt(run, index, second)) return index + 1;
    isFirstDone ||= isAccess(trace, index, first.write) && isAt(run, index, first);
  }
  return null;
}
