import type { ExplorationReport, Report } from '../../engine/index.ts';

/** What a reader who plays the scheduler is after. */
export type Goal =
  | { readonly kind: 'fail' | 'deadlock' }
  /** A failure that the explorer found, by its message. */
  | { readonly kind: 'failure'; readonly message: string }
  /** These lines and no others. */
  | { readonly kind: 'print'; readonly lines: readonly string[] };

/** The goal of somebody who has chosen none. */
export const anyFailure: Goal = { kind: 'fail' };

/** Outcomes offered as goals at most. */
const mostOutcomes = 20;

/** The goals there are: two for every program, and those that the explorer has found to be within reach. */
export function goalsOf(exploration: Pick<ExplorationReport, 'outcomes' | 'failures'> | null): Goal[] {
  const failures = exploration?.failures.filter(({ kind }) => kind !== 'race' && kind !== 'deadlock') ?? [];
  const outcomes = exploration?.outcomes.filter(({ status }) => status === 'exited') ?? [];
  return [
    anyFailure,
    { kind: 'deadlock' },
    ...[...new Set(failures.map(({ message }) => message))].map(
      (message): Goal => ({ kind: 'failure', message }),
    ),
    ...outcomes.slice(0, mostOutcomes).map(({ stdout }): Goal => ({ kind: 'print', lines: stdout })),
  ];
}

/** A goal as an order: `make it deadlock`. */
export function goalWords(goal: Goal): string {
  switch (goal.kind) {
    case 'deadlock':
      return 'make it deadlock';
    case 'failure':
      return `make it fail: ${goal.message}`;
    case 'print':
      return goal.lines.length > 0 ? `make it print ${goal.lines.join(' ⏎ ')}` : 'make it print nothing';
    default:
      return 'make it fail, whatever the way';
  }
}

/** Has a run that is over got there? */
export function isReached(
  goal: Goal,
  { status, error, stdout }: Pick<Report, 'status' | 'error' | 'stdout'>,
): boolean {
  switch (goal.kind) {
    case 'deadlock':
      return status === 'deadlock';
    case 'failure':
      return error?.message === goal.message;
    case 'print':
      return (
        !error &&
        stdout.length === goal.lines.length &&
        stdout.every(({ text }, at) => text === goal.lines[at])
      );
    default:
      return status === 'deadlock' || error !== undefined;
  }
}
