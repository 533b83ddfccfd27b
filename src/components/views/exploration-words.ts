import type { ExplorationReport, ExploredFailure } from '../../engine/index.ts';
import { count } from './format.ts';

type StepInWords = ExploredFailure['steps'][number];

/** The finding alone. Never "no bug" where a bound cut the search. */
export function verdictOf({ complete, failures }: Pick<ExplorationReport, 'complete' | 'failures'>): string {
  if (failures.length > 0) return `${count(failures.length, 'way')} to fail found.`;
  return complete
    ? 'No schedule fails.'
    : 'No failure found so far; the search was cut short, so this proves nothing.';
}

/** What was proved or found, and how, in a few sentences. */
export function describeExploration(exploration: ExplorationReport): string {
  const { executions, complete, interleavings, outcomes, bounds, fallback } = exploration;
  const ran = count(executions, 'execution');
  const possible = interleavings
    ? ` Of the ${Number(interleavings).toLocaleString('en')} possible schedules,`
    : '';
  const covered = complete
    ? `Every schedule is covered.${possible || ' Of all schedules,'} ${executions === 1 ? 'all are equivalent: one was run' : `${ran} were enough, one for each class of equivalent ones`}.`
    : `Not every schedule is covered: ${ran} so far.`;
  const limits = bounds.map((bound) => ` ${bound}`).join('');
  const lots = fallback
    ? ` Then ${count(fallback.executions, 'schedule')} were drawn by lot, to look for failures elsewhere.`
    : '';
  return `${verdictOf(exploration)} ${covered}${limits}${lots} ${count(outcomes.length, 'different outcome')}.`;
}

/** The words for each kind of failure. */
export const failureWords: Record<string, string> = {
  assertion: 'A check fails',
  deadlock: 'Deadlock',
  uncaught: 'An error nobody catches',
  fault: 'A fault',
  race: 'A data race',
  livelock: 'It never ends',
};

/** The steps of a failing schedule, a column a thread: which threads there are, and in which one each step lies. */
export function columnsOf({ steps }: { readonly steps: readonly Pick<StepInWords, 'tid'>[] }): number[] {
  return [...new Set(steps.map(({ tid }) => tid))].sort((a, b) => a - b);
}

/** What is known of the variables after each step: `counter = 1`; empty until something was stored. */
export function statesAfter(steps: readonly StepInWords[]): string[] {
  const known = new Map<number, string>();
  return steps.map(({ kind, object, variable, value }) => {
    if (value !== '' && ['store', 'load'].includes(kind)) known.set(variable, `${object} = ${value}`);
    return [...known.values()].join(', ');
  });
}

/** Where one thread takes over from another without having to: the switches that make the failure. */
export function isSwitch(
  { steps }: { readonly steps: readonly Pick<StepInWords, 'tid'>[] },
  index: number,
): boolean {
  return index > 0 && steps[index]?.tid !== steps[index - 1]?.tid;
}
