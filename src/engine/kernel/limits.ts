import type { Limits } from '../report.ts';

/**
 * Limits of a run unless it is told otherwise: generous for a lesson, short enough that a program without an end is over in a few seconds of
 * real time.
 */
export const DEFAULT_LIMITS: Limits = {
  time: 10_000_000_000,
  steps: 200_000_000,
  lines: 20_000,
  threads: 20_000,
  events: 1_000_000,
};

/** What a run says when it passed a limit. */
export const LIMIT_MESSAGES: {
  readonly [limit in keyof Omit<Limits, 'events'>]: (limits: Limits) => string;
} = {
  time: ({ time }) =>
    `The run reached its limit of ${time / 1e9} seconds of virtual time. What it printed so far is kept.`,
  steps: ({ steps }) =>
    `The run reached its limit of ${steps.toLocaleString('en')} steps. Is there a loop with no end? What it printed so far is kept.`,
  lines: ({ lines }) => `The run reached its limit of ${lines.toLocaleString('en')} lines of output.`,
  threads: ({ threads }) => `The run reached its limit of ${threads.toLocaleString('en')} threads.`,
};
