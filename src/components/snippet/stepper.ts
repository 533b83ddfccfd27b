import { causeOf } from '../views/cause.ts';
import { describeEvent } from '../views/event-words.ts';
import { formatTime } from '../views/format.ts';
import { nextOnLine, stepFrom } from '../views/moment.ts';
import { make } from './dom.ts';
import type { FinishedRun, SnippetState } from './model.ts';
import type { Store } from './store.ts';

/** The controls of a stepped run: back, forward, any moment, the next time a line is reached. */
export function stepper(store: Store<SnippetState>, onCause: () => void): HTMLElement {
  const back = make('button', { type: 'button' }, 'Step back');
  const forward = make('button', { type: 'button' }, 'Step forward');
  const slider = make('input', { type: 'range', min: '0', step: '1', 'aria-label': 'Moment of the run' });
  const line = make('input', { type: 'number', min: '1', inputMode: 'numeric' });
  const lineLabel = make('label', {}, 'Line ', line);
  const toLine = make('button', { type: 'button' }, 'Run to line');
  const cause = make('button', { type: 'button' }, 'Jump to the cause');
  const leave = make('button', { type: 'button' }, 'Leave stepping');
  const bar = make(
    'div',
    { className: 'snippet-stepper' },
    back,
    forward,
    slider,
    lineLabel,
    toLine,
    cause,
    leave,
  );
  const go = (cursor: number) => moveTo(store, cursor);
  back.addEventListener('click', () => step(store, -1));
  forward.addEventListener('click', () => step(store, 1));
  slider.addEventListener('input', () => go(Number(slider.value)));
  let known: { readonly of: FinishedRun; readonly cursor: number | null } | null = null;
  const causeNow = (): number | null => {
    const { finished, exploration } = store.get();
    if (!finished) return null;
    if (known?.of !== finished) known = { of: finished, cursor: causeOf(finished, exploration) };
    return known.cursor;
  };
  cause.addEventListener('click', onCause);
  leave.addEventListener('click', () => store.set({ cursor: null, status: 'The whole run is shown again.' }));
  toLine.addEventListener('click', () => {
    const { finished, cursor } = store.get();
    if (!finished) return;
    const wanted = Number(line.value);
    const next = nextOnLine(finished.trace, finished.map, cursor ?? 0, wanted);
    if (next === null) store.set({ status: `Nothing more happens on line ${wanted} in this run.` });
    else go(next);
  });
  const show = () => {
    const { cursor, finished } = store.get();
    bar.hidden = !finished || (cursor === null && !hasFailed(finished));
    for (const part of [back, forward, slider, lineLabel, toLine, leave]) part.hidden = cursor === null;
    if (!finished || bar.hidden) return;
    cause.hidden = causeNow() === null;
    if (cursor === null) return;
    slider.max = String(finished.trace.length);
    slider.value = String(cursor);
    slider.setAttribute('aria-valuetext', `event ${cursor} of ${finished.trace.length}`);
    back.disabled = cursor === 0;
    forward.disabled = cursor >= finished.trace.length;
  };
  store.subscribe(show);
  show();
  return bar;
}

/** Did a run go wrong? Then there is a cause to jump to. */
export const hasFailed = (run: FinishedRun | null): boolean =>
  run !== null && (run.report.error !== undefined || run.report.status === 'deadlock');

/** One step forward or back from the cursor; from nowhere, to the first event. */
export function step(store: Store<SnippetState>, by: 1 | -1): void {
  const { finished, cursor } = store.get();
  if (finished) moveTo(store, stepFrom(finished.trace, cursor ?? 0, by));
}

/** Show the run after its first `cursor` events, and say what the last of them was. */
export function moveTo(store: Store<SnippetState>, cursor: number): void {
  const { finished } = store.get();
  if (!finished) return;
  const { trace, map } = finished;
  const at = Math.min(Math.max(0, cursor), trace.length);
  const status =
    at === 0
      ? 'Before the first event.'
      : `${formatTime(trace.time[at - 1] ?? 0)}: ${describeEvent(trace, map, at - 1)}. Event ${at} of ${trace.length}.`;
  store.set({ cursor: at, status });
}
