import type { Report } from '../../engine/index.ts';
import type { Refusal, SearchProgress } from '../../engine/service.ts';
import { count, formatTime } from '../views/format.ts';

/** What a run did, in one or two sentences for the status line. */
export function describeRun(report: Report, stopped: boolean): string {
  const { status, error, time, stdout, threads, processes } = report;
  const size = `${count(threads.length, 'thread')}, ${count(stdout.length, 'line')} of output`;
  const at = `${formatTime(time)} of machine time (${size})`;
  if (stopped) return `Stopped after ${at}.`;
  if (status === 'deadlock') return `Deadlock after ${at}. ${error?.message ?? 'Every thread waits.'}`;
  if (status === 'limit') return `Ended at a limit after ${at}. ${error?.message ?? ''}`.trim();
  if (error) return `Failed${error.line ? ` at line ${error.line}` : ''} after ${at}: ${error.message}`;
  const exit = processes.find(({ pid }) => pid === 1)?.exit;
  if (exit?.signal) return `Killed by ${exit.signal} after ${at}.`;
  if (exit?.code) return `Ended with exit code ${exit.code} after ${at}.`;
  return `Ran to its end in ${at}.`;
}

/** Why a source does not run. */
export function describeRefusal({ message, line, column }: Refusal): string {
  return line > 0 ? `Line ${line}, column ${column}: ${message}` : message;
}

/** How far a search of the schedules is. */
export function describeSearch({
  executions,
  estimate,
  outcomes,
  failures,
}: Omit<SearchProgress, 'result'>): string {
  const all = estimate !== null && estimate > executions ? ` of at least ${roughly(estimate)}` : '';
  const found = failures > 0 ? `, ${count(failures, 'way')} to fail` : '';
  return `Exploring: ${executions.toLocaleString('en')} executions so far${all}, ${count(outcomes, 'outcome')}${found}…`;
}

/** A rough number as one: `1,200`, `3 million`, `5 × 10^21`. */
function roughly(number: number): string {
  if (number >= 1e15) return number.toPrecision(1).replace(/e\+?/, ' × 10^');
  return Number(number.toPrecision(2)).toLocaleString('en', {
    notation: number >= 1e6 ? 'compact' : 'standard',
    compactDisplay: 'long',
  });
}
