/** The states of a thread and the moves between them, with how often a run made each: drawn from its trace. */
import { EventKind, StopReason, type Trace } from '../../../engine/events.ts';
import { box, picture, text } from './svg.ts';

/** How often threads went from one state to another. */
export interface Moves {
  readonly created: number;
  readonly picked: number;
  /** Back to the ready: the slice was over, or the thread gave the core away. */
  readonly sentBack: number;
  readonly blocked: number;
  readonly woken: number;
  readonly ended: number;
}

/** The moves of all threads of a run. */
export function movesOf(trace: Pick<Trace, 'length' | 'kind' | 'a'>): Moves {
  const moves = { created: 0, picked: 0, sentBack: 0, blocked: 0, woken: 0, ended: 0 };
  for (let index = 0; index < trace.length; index++) {
    const kind = trace.kind[index];
    if (kind === EventKind.Create) moves.created++;
    else if (kind === EventKind.Dispatch) moves.picked++;
    else if (kind === EventKind.Wake) moves.woken++;
    else if (kind === EventKind.Exit) moves.ended++;
    else if (kind === EventKind.Stop) {
      const reason = trace.a[index];
      if (reason === StopReason.Preempted || reason === StopReason.Yielded) moves.sentBack++;
      else if (reason !== StopReason.Exited) moves.blocked++;
    }
  }
  return moves;
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** The moves in words, for those who do not see the picture. */
export const movesText = ({ created, picked, sentBack, blocked, woken, ended }: Moves): string =>
  `New to ready: ${times(created)}. Ready to running: ${times(picked)}. Running back to ready: ${times(sentBack)}. Running to blocked: ${times(blocked)}. Blocked to ready: ${times(woken)}. Running to ended: ${times(ended)}.`;

const arrow = (path: string) => `<path d="${path}" marker-end="url(#life-cycle-tip)"/>`;

/** Three states in a triangle, two ends, and an arrow for each move there is. */
export function lifeCycle(moves: Moves): string {
  const state = (x: number, y: number, name: string) =>
    `${box(x, y, 84, 38)}${text(x + 42, y + 24, name, { anchor: 'middle', style: 'font-weight:600' })}`;
  const label = (x: number, y: number, words: string, count: number, anchor: 'start' | 'middle' | 'end') =>
    text(x, y, words, { anchor }) + text(x, y + 15, times(count), { anchor, style: 'fill:var(--ink-soft)' });
  return picture(400, 216, movesText(moves), [
    '<defs><marker id="life-cycle-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" class="tip"/></marker></defs>',
    state(58, 42, 'ready'),
    state(258, 42, 'running'),
    state(158, 162, 'blocked'),
    arrow('M6 61H56'),
    arrow('M144 52H256'),
    arrow('M258 72H144'),
    arrow('M290 82 232 160'),
    arrow('M170 162 112 82'),
    arrow('M344 61H394'),
    label(4, 20, 'created', moves.created, 'start'),
    label(200, 20, 'picked', moves.picked, 'middle'),
    label(200, 92, 'slice over', moves.sentBack, 'middle'),
    label(276, 128, 'asks and must wait', moves.blocked, 'start'),
    label(124, 128, 'it has come', moves.woken, 'end'),
    label(396, 20, 'ended', moves.ended, 'end'),
  ]);
}
