import type { Inside } from '../../engine/events.ts';
import type { Choice, ExplorationReport, OutputLine, Report, RunOptions, Trace } from '../../engine/index.ts';
import type { Refusal, SourceMap } from '../../engine/service.ts';
import type { Pointed } from '../views/pointed.ts';
import { anyFailure, type Goal } from './goals.ts';

/** The tabs of a snippet, in their order. */
export const views = ['Output', 'Timeline', 'Memory', 'Threads', 'Costs', 'Schedules'] as const;

/** One of the tabs. */
export type ViewName = (typeof views)[number];

/** A run that has ended, with all that views need to draw it. */
export interface FinishedRun {
  readonly map: SourceMap;
  readonly report: Report;
  readonly trace: Trace;
  /** Event loops and fibers at its end; missing where the program was not compiled to show them. */
  readonly inside?: Inside;
}

/** A run of the same program on another machine, or of an earlier text, and what sets it apart. */
export interface KeptRun {
  readonly run: FinishedRun;
  readonly label: string;
}

/** The stacks of the threads, the event loops and the fibers at one moment of a run. */
export interface Inspected {
  readonly run: FinishedRun;
  readonly cursor: number;
  readonly stacks: NonNullable<Trace['stacks']>;
  readonly inside: Inside | null;
}

/** What a snippet is doing. */
export type Phase = 'idle' | 'running' | 'stopping' | 'exploring';

/** How the reader wants the schedules searched. */
export interface SearchChoice {
  readonly strategy: 'dpor' | 'all' | 'random' | 'pct';
  /** Most preemptions in a schedule; null for any number. */
  readonly preemptions: number | null;
  /** A data race alone is a failure. */
  readonly races: boolean;
}

/** A run in which the reader decides who goes next. */
export interface Game {
  readonly choices: readonly Choice[];
  /** The steps before each decision, so that every decision can be taken back. */
  readonly history: readonly (readonly number[])[];
  /** The steps so far. */
  readonly taken: readonly number[];
}

/** All that is known about one snippet on the page. */
export interface SnippetState {
  /** The text as the book has it. */
  readonly original: string;
  /** The text as the reader has it. */
  readonly text: string;
  /** What the reader's controls ask of the machine, over the snippet's own request. */
  readonly machine: RunOptions;
  readonly phase: Phase;
  /** Output of the last run that started. */
  readonly lines: readonly OutputLine[];
  readonly finished: FinishedRun | null;
  /** A finished run to hold the one shown against; null for none. */
  readonly kept: KeptRun | null;
  /** What the explorer found about the text as it stood; null before it was asked. */
  readonly exploration: ExplorationReport | null;
  readonly search: SearchChoice;
  /** What the reader is after when playing the scheduler. */
  readonly goal: Goal;
  /** The game under way, or null. */
  readonly game: Game | null;
  /** Where the text does not compile; null once it does. */
  readonly refusal: Refusal | null;
  /** What the status line says. */
  readonly status: string;
  readonly view: ViewName;
  /** Events of the trace before this one have happened; null while nobody steps. */
  readonly cursor: number | null;
  /** What the pointer or the focus is at, in a view or in the code; null for nothing. */
  readonly pointed: Pointed | null;
  /** What stays marked in every view after the pointer has gone; null for nothing. */
  readonly chosen: Pointed | null;
  /** Where the threads stood at a moment that was looked into; null where none was. */
  readonly inspected: Inspected | null;
}

/** A snippet nobody has touched. */
export function untouched(original: string, machine: RunOptions): SnippetState {
  return {
    original,
    text: original,
    machine,
    phase: 'idle',
    lines: [],
    finished: null,
    kept: null,
    exploration: null,
    search: { strategy: 'dpor', preemptions: null, races: false },
    goal: anyFailure,
    game: null,
    refusal: null,
    status: '',
    view: 'Output',
    cursor: null,
    pointed: null,
    chosen: null,
    inspected: null,
  };
}
