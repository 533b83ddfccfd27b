import type { Exploration, Strategy } from './exploration.ts';

/** What decides how much a search can prove. */
export interface SearchTerms {
  readonly strategy: Strategy;
  readonly preemptions: number | undefined;
  readonly max: number;
  /** Steps after which an execution counts as endless. */
  readonly steps: number;
  readonly isStopped: boolean;
  readonly isTso: boolean;
  readonly wakesSpuriously: boolean;
  /** The program limits the memory of processes. */
  readonly limitsMemory: boolean;
}

const number = (value: number): string => value.toLocaleString('en');

const counted = (count: number, what: string): string => `${number(count)} ${what}${count === 1 ? '' : 's'}`;

/** What was assumed, and every bound that cut the search, a sentence each: what a proof does not cover. */
export function boundsInWords(search: Exploration, terms: SearchTerms): string[] {
  const bounds: string[] = [];
  if (terms.isTso) bounds.push('Stores go through store buffers (total store order).');
  if (terms.wakesSpuriously)
    bounds.push('A wait on a condition may end without a signal, once for each thread.');
  if (terms.limitsMemory)
    bounds.push('What a process has in memory is not followed: memoryLimit ends none here.');
  if (terms.preemptions !== undefined && terms.strategy !== 'pct')
    bounds.push(`Only schedules with at most ${counted(terms.preemptions, 'preemption')} were looked at.`);
  if (search.endless > 0)
    bounds.push(
      `${counted(search.endless, 'execution')} had not ended after ${number(terms.steps)} steps and went no further.`,
    );
  if (search.complete) return bounds;
  if (terms.strategy === 'random' || terms.strategy === 'pct')
    bounds.push(`${counted(search.executions, 'schedule')} drawn by lot, and no others.`);
  else if (terms.isStopped)
    bounds.push(`It was stopped after ${counted(search.executions, 'execution')}${share(search)}.`);
  else if (search.isOutOfSteps)
    bounds.push(
      `It met its bound on the steps of all executions together, after ${number(search.executions)} of them${share(search)}.`,
    );
  else if (search.executions >= terms.max)
    bounds.push(`It met its bound of ${counted(terms.max, 'execution')}${share(search)}.`);
  return bounds;
}

/** How far that was, where it can be told. An estimate that still grows is too low, so the part is too high. */
function share({ executions, estimate, isSettled }: Exploration): string {
  if (estimate === null || estimate <= executions) return '';
  const percent = (100 * executions) / estimate;
  const part = percent < 0.1 ? 'less than 0.1' : percent.toPrecision(2);
  return isSettled
    ? `, about ${part} % of the whole search by a rough estimate`
    : `, at most ${part} % of the whole search, by an estimate that still grows`;
}
