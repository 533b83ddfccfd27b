import type { Choice, ExplorationReport } from '../../engine/index.ts';
import { castOf, hueOf } from '../views/cast.ts';
import { describeEvent, objectWords } from '../views/event-words.ts';
import { linesOf } from '../views/lines-of.ts';
import { lineOf, momentAt } from '../views/moment.ts';
import { readerOf } from '../views/trace-reader.ts';
import type { Mark } from './marks.ts';
import type { FinishedRun, SnippetState } from './model.ts';

/** What the run says about the lines: what does not compile, what failed, where the threads are. One mark a line. */
export const ownMarks = (state: SnippetState): Mark[] =>
  state.refusal ? refused(state.refusal) : oneALine(placesOf(state));

/** What a view points at, in the code: its line, or all lines where the thread or the variable has been. */
export function pointedMark(state: SnippetState): Mark[] {
  const { pointed, chosen, finished, text } = state;
  const it = pointed?.isInCode ? chosen : (pointed ?? chosen);
  if (!it) return [];
  if (it.line > 0) return [{ line: it.line, kind: 'hover' }];
  if (!finished || finished.map.source.trimEnd() !== text) return [];
  const { trace, map } = finished;
  const hue = it.tid > 0 ? castOf(trace).get(it.tid)?.hue : undefined;
  return linesOf(trace, map, it).map((line) => ({ line, kind: 'hover', ...(hue && { hue }) }));
}

const refused = ({ line }: { readonly line: number }): Mark[] =>
  line > 0 ? [{ line, kind: 'error', label: 'does not compile' }] : [];

/** What the run or the search that is shown says about lines. */
function placesOf({ finished, cursor, text, exploration, view, game }: SnippetState): Mark[] {
  if (cursor === null && view === 'Schedules' && exploration) return guilty(exploration);
  if (!finished || finished.map.source.trimEnd() !== text) return [];
  if (game && cursor === finished.trace.length) return game.choices.flatMap(nextStep);
  if (cursor !== null) return standing(finished, cursor);
  const { error, status } = finished.report;
  if (status === 'deadlock') return stuck(finished);
  return error && error.line > 0 ? [{ line: error.line, kind: 'error', label: 'failed here' }] : [];
}

/** Where every thread is at a moment, and what has just happened. */
function standing({ trace, map }: FinishedRun, cursor: number): Mark[] {
  const cast = castOf(trace);
  const last = cursor > 0 ? { line: lineOf(trace, map, cursor - 1), tid: trace.tid[cursor - 1] ?? 0 } : null;
  // Where the others stand is known when the trace has been read so far.
  const { threads } = readerOf(trace).isNear(cursor) ? momentAt(trace, map, cursor) : { threads: [] };
  const there = threads
    .filter(({ state, line }) => state !== 'over' && line > 0)
    .map(({ line, hue, name, tid }): Mark => {
      if (tid !== last?.tid) return { line, hue, kind: 'hover', label: name };
      const label = describeEvent(trace, map, cursor - 1).replace(/ \(line \d+\)$/, '');
      return { line, hue, kind: 'current', label };
    });
  const lone = last && last.line > 0 && !there.some(({ kind }) => kind === 'current');
  if (!lone) return there;
  return [...there, { line: last.line, kind: 'current', hue: cast.get(last.tid)?.hue ?? '' }];
}

/** Where the threads of a deadlock wait, and what for. */
function stuck({ trace, map }: FinishedRun): Mark[] {
  return momentAt(trace, map, trace.length)
    .threads.filter(({ state, line }) => state === 'blocked' && line > 0)
    .map(({ line, name, waitsFor }) => ({
      line,
      kind: 'error',
      label: waitsFor < 0 ? `${name} waits` : `${name} waits for ${objectWords(trace, waitsFor)}`,
    }));
}

/** Marks of the same line as one: what has just happened counts, and every label is read. */
function oneALine(marks: readonly Mark[]): Mark[] {
  const lines = new Map<number, Mark>();
  for (const mark of marks) {
    const other = lines.get(mark.line);
    const main = other && mark.kind !== 'current' ? other : mark;
    const label = [other?.label, mark.label].filter(Boolean).join(' · ');
    lines.set(mark.line, label === '' ? main : { ...main, label });
  }
  return [...lines.values()];
}

/** Where a thread stands that may go next, in the colour it has in every view. */
function nextStep({ line, tid, name, operation }: Choice): Mark[] {
  const hue = hueOf(1, tid - 1);
  return line > 0 ? [{ line, hue, kind: 'current', label: `${name}: ${operation}` }] : [];
}

/** The places that make the first failure, or the accesses that race where nothing fails; one mark a line. */
function guilty({ failures, races }: ExplorationReport): Mark[] {
  const lines = new Map<number, string>();
  const [failure] = failures;
  for (const { line, tid } of failure?.guilty ?? []) {
    lines.set(line, [lines.get(line), `thread ${tid}`].filter(Boolean).join(', '));
  }
  if (!failure) {
    for (const { variable, first, second } of races) {
      for (const { line, write } of [first, second]) {
        if (write || !lines.has(line)) lines.set(line, `${write ? 'stores' : 'loads'} ${variable} unordered`);
      }
    }
  }
  lines.delete(0);
  return [...lines].map(([line, label]) => ({ line, label, kind: 'guilty' }));
}
