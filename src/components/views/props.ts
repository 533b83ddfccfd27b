import type { FinishedRun } from '../snippet/model.ts';

/** What every view is given: a run, a place in it, and how to go elsewhere. Views hold no other state of the snippet. */
export interface ViewProps {
  readonly run: FinishedRun;
  /** Events before this one have happened; null where nobody steps: the end of the run is shown. */
  readonly cursor: number | null;
  /** A run kept to compare with; null for none. */
  readonly kept: FinishedRun | null;
  onKeep(run: FinishedRun | null): void;
  onCursor(cursor: number): void;
  /** Point at a line of the code; null points at none. */
  onLine(line: number | null): void;
}
