import type { Report } from '../../engine/index.ts';
import type { Refusal } from '../../engine/service.ts';
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
