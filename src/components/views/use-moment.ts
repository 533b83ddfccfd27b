import { useEffect, useMemo, useState } from 'react';
import type { FinishedRun } from '../snippet/model.ts';
import { type Moment, momentAt } from './moment.ts';
import { readerOf, readSoon } from './trace-reader.ts';

/** The moment at the cursor; null while a long trace is being read up to it. */
export function useMoment({ trace, map }: FinishedRun, cursor: number | null): Moment | null {
  const until = cursor ?? trace.length;
  const isNear = readerOf(trace).isNear(until);
  const [, setRead] = useState(0);
  useEffect(() => {
    if (!isNear) return readSoon(trace, until, () => setRead((times) => times + 1));
  }, [trace, until, isNear]);
  return useMemo(() => (isNear ? momentAt(trace, map, until) : null), [trace, map, until, isNear]);
}
