import {
  type ExplorationReport,
  type ExploredFailure,
  type ExploreOptions,
  explore,
  ReplayError,
  replay,
  ScheduleError,
} from '../engine/index.ts';
import { type Arguments, oneOf, wholeNumber } from './arguments.ts';
import { complaint, exitCode, toEnd } from './run.ts';
import { programFrom } from './source.ts';
import { UsageError } from './usage.ts';

/** Executions between two looks at the clock of the terminal. */
const portion = 1_000;

const strategies = ['dpor', 'all', 'random', 'pct'] as const;

/** `sim explore`: search the schedules. 0: none fails; 1: some schedule fails. */
export function exploreCommand(args: Arguments): number {
  const search = explore(programFrom(args.file), optionsOf(args));
  while (!search.advance(portion));
  const report = search.result();
  console.log(args.values.json === true ? JSON.stringify(report) : inWords(report));
  return report.failures.length > 0 ? 1 : 0;
}

/** `sim replay`: run one schedule. Exits as `sim run` does. */
export function replayCommand(args: Arguments): number {
  const { schedule, json } = args.values;
  if (typeof schedule !== 'string')
    throw new UsageError('Say which schedule: --schedule S, as explore writes it.');
  const program = programFrom(args.file);
  try {
    const run = toEnd(replay(program, schedule), json === true ? () => {} : console.log);
    const report = run.report();
    if (json === true) console.log(JSON.stringify(report));
    const problem = complaint(args.file, report);
    if (problem) console.error(problem);
    return exitCode(report);
  } catch (error) {
    if (error instanceof ScheduleError || error instanceof ReplayError) throw new UsageError(error.message);
    throw error;
  }
}

function optionsOf(args: Arguments): ExploreOptions {
  const asked = {
    strategy: oneOf(args, 'strategy', strategies),
    preemptions: wholeNumber(args, 'preemptions'),
    max: wholeNumber(args, 'max', 1),
    seed: wholeNumber(args, 'seed'),
    races: args.values.races === true ? true : undefined,
    clock: () => performance.now(),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

function inWords(report: ExplorationReport): string {
  const { executions, complete, strategy, interleavings, outcomes, failures, races, seconds } = report;
  const all = interleavings === null ? '' : ` of ${interleavings} schedules`;
  const covered = complete
    ? `every schedule is covered, up to equivalence`
    : `the search was cut short: what follows is only what it met`;
  return [
    `${executions} executions${all} (${strategy}, ${seconds.toFixed(2)} s): ${covered}`,
    '',
    ...outcomes.map(
      ({ stdout, status, executions: times }) => `  ${times} × ${status}: ${stdout.join(' / ')}`,
    ),
    ...races.map(
      ({ variable, first, second }) =>
        `  race on ${variable}: thread ${first.tid} line ${first.line}, thread ${second.tid} line ${second.line}`,
    ),
    ...failures.flatMap(failureInWords),
    failures.length === 0 ? `\n${complete ? 'No schedule fails.' : 'No schedule that was run fails.'}` : '',
  ].join('\n');
}

function failureInWords({ kind, message, preemptions, schedule, steps }: ExploredFailure): string[] {
  return [
    '',
    `${kind}: ${message}`,
    `  preemptions: ${preemptions}   schedule: ${schedule}`,
    ...steps.map(({ tid, line, operation }) => `  thread ${tid}  line ${line}  ${operation}`),
  ];
}
