import type { FinishedRun, Inspected, KeptRun } from '../snippet/model.ts';
import type { ViewIntents } from './intents.ts';
import type { Moment } from './moment.ts';
import type { Pointed } from './pointed.ts';

/** What every view is given: a run, a place in it, and how to go elsewhere. Views hold no other state of the snippet. */
export interface ViewProps extends ViewIntents {
  readonly run: FinishedRun;
  /** Events before this one have happened; null where nobody steps: the end of the run is shown. */
  readonly cursor: number | null;
  /** A run kept to compare with; null for none. */
  readonly kept: KeptRun | null;
  /** What is to be marked: pointed at now, or else chosen. */
  readonly pointed: Pointed | null;
  /** What stays marked. */
  readonly chosen: Pointed | null;
  /** Where the threads stand at the cursor; null where that is not known (yet). */
  readonly stacks: Inspected['stacks'] | null;
  /** Event loops and fibers at the cursor; null where they are not known (yet). */
  readonly inside: Inspected['inside'];
}

/** What a view of one moment is given. */
export interface MomentProps extends ViewProps {
  /** The machine at the cursor. */
  readonly moment: Moment;
}
