import type { FailureKind } from './subject.ts';

/** What kind of failure an error is that nobody caught. */
export function kindOf(error: unknown): FailureKind {
  const name = (error as { name?: unknown } | null)?.name;
  if (name === 'AssertionError') return 'assertion';
  return name === 'Fault' || name === 'SegmentationFault' ? 'fault' : 'uncaught';
}

/** The error in the words of a report. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `Uncaught ${String(error)}`;
  return error.name === 'AssertionError' ? error.message : `${error.name}: ${error.message}`;
}
