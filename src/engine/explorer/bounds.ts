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

/** What was assumed, and every bound that cut the search, a sentence each: what a proof does not cover. `cutOff`: where threads were when the first endless execution was. */
export function boundsInWords(search: Exploration, terms: SearchTerms, cutOff: readonly string[]): string[] {
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
      `${counted(search.endless, 'execution')} had not ended after ${number(terms.steps)} steps and went no further.${doubt(search, cutOff)}`,
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

/** Where that is not known to be for ever. */
function doubt({ failures }: Exploration, cutOff: readonly string[]): string {
  if ([...failures.values()].some(({ isRound }) => isRound)) return '';
  return ` When the first was cut off, ${list(cutOff)}: a loop that is only long, or one without an end.`;
}

const list = (parts: readonly string[]): string =>
  parts.length === 0 ? 'nobody could run' : parts.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** How far that was, where it can be told. An estimate that still grows is too low, so the part is too high. */
function share({ executions, estimate, isSettled }: Exploration): string {
  if (estimate === null || estimate <= executions) return '';
  const percent = (100 * executions) / estimate;
  if (percent < 0.1) return ', less than 0.1 % of the whole search by a rough estimate';
  const part = percent.toPrecision(2);
  return isSettled
    ? `, about ${part} % of the whole search by a rough estimate`
    : `, at most ${part} % of the whole search, by an estimate that still grows`;
}
