import type { RunOptions } from '../../engine/index.ts';
import type { Goal } from '../snippet/goals.ts';
import type { KeptRun, SearchChoice } from '../snippet/model.ts';
import type { Pointed } from './pointed.ts';

/** What views ask of the snippet. */
export interface ViewIntents {
  onCursor(cursor: number): void;
  /** Point at something for as long as the pointer or the focus is there; null points at nothing. */
  onPoint(pointed: Pointed | null): void;
  /** Mark something until it is chosen again; null marks nothing. */
  onChoose(chosen: Pointed | null): void;
  onReplay(schedule: string): void;
  onPlay(move: Move): void;
  onGoal(goal: Goal): void;
  /** Go to what made the run fail. */
  onCause(): void;
  /** Run the program on this machine too and keep that run beside the one shown. */
  onCompare(other: Comparison): void;
  /** Keep a run beside those that are shown; null forgets it. */
  onKeep(kept: KeptRun | null): void;
  onSearch(search: SearchChoice): void;
}

/** Another machine to run the same program on: settings that differ, and their name. */
export interface Comparison {
  readonly label: string;
  readonly machine: RunOptions;
}

/** What a reader who plays the scheduler does: a process to let go, or one of these. */
export type Move = number | 'begin' | 'undo' | 'leave';
