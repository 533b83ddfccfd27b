import { EventKind, type Trace } from '../../engine/events.ts';

/** Where a trace prints: asked for at every step, counted once. */
const known = new WeakMap<Trace, readonly number[]>();

/** The events that print, in their order: the first of them is the first line of the output, and so on. */
function printsOf(trace: Trace): readonly number[] {
  const before = known.get(trace);
  if (before) return before;
  const found: number[] = [];
  for (let index = 0; index < trace.length; index++)
    if (trace.kind[index] === EventKind.Print) found.push(index);
  known.set(trace, found);
  return found;
}

/** Lines printed by the first `cursor` events. */
export function printsBefore(trace: Trace, cursor: number): number {
  const places = printsOf(trace);
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) < cursor) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The event that printed a line of the output, counted from 0; -1 where a full trace has dropped it. */
export const eventOfLine = (trace: Trace, line: number): number => printsOf(trace)[line] ?? -1;

/** The line of the output, counted from 0, that an event printed; -1 where it printed none. */
export function lineOfEvent(trace: Trace, event: number): number {
  const line = printsBefore(trace, event);
  return eventOfLine(trace, line) === event ? line : -1;
}
