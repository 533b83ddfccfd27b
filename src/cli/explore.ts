import {
  type ExplorationProgress,
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

/** Executions between two looks at the keyboard. */
const portion = 200;
/** Milliseconds between two lines of progress. */
const progressInterval = 1_000;

const strategies = ['dpor', 'all', 'random', 'pct'] as const;

/** `sim explore`: search the schedules. 0: none fails; 1: some schedule fails. An interrupt (Ctrl-C) ends the search and keeps what it has found. */
export async function exploreCommand(args: Arguments): Promise<number> {
  const search = explore(programFrom(args.file), optionsOf(args));
  const stop = () => search.stop();
  process.once('SIGINT', stop);
  for (let told = performance.now(); !search.advance(portion); ) {
    await new Promise(setImmediate);
    if (!process.stderr.isTTY || performance.now() - told < progressInterval) continue;
    told = performance.now();
    process.stderr.write(`\r\x1b[K${progressInWords(search.progress())}`);
  }
  process.off('SIGINT', stop);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const report = search.result();
  console.log(args.values.json === true ? JSON.stringify(report) : inWords(report));
  return report.failures.length > 0 ? 1 : 0;
}

function progressInWords({ executions, outcomes, failures, estimate }: ExplorationProgress): string {
  const count = (n: number) => n.toLocaleString('en');
  const whole = estimate === null ? '' : ` of at least ${count(Number(estimate.toPrecision(1)))}`;
  return `${count(executions)}${whole} executions, ${count(outcomes)} outcomes, ${count(failures)} failures … (Ctrl-C ends the search)`;
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
    steps: wholeNumber(args, 'steps', 1),
    seed: wholeNumber(args, 'seed'),
    races: args.values.races === true ? true : undefined,
    memoryModel: oneOf(args, 'memory', ['sc', 'tso'] as const),
    spuriousWakeups: args.values.spurious === true ? true : undefined,
    clock: () => performance.now(),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

function inWords(report: ExplorationReport): string {
  const { executions, complete, strategy, interleavings, outcomes, failures, races, seconds } = report;
  const { bounds, fallback } = report;
  const all =
    interleavings === null ? '' : ` of ${interleavings} ${interleavings === '1' ? 'schedule' : 'schedules'}`;
  const covered = complete
    ? `every schedule is covered, up to equivalence`
    : `the search was cut short: what follows is only what it met`;
  const lots =
    fallback === null
      ? []
      : [
          `  Then ${fallback.executions} schedules were drawn by lot (${fallback.strategy}), to look for failures elsewhere.`,
        ];
  return [
    `${executions} ${executions === 1 ? 'execution' : 'executions'}${all} (${strategy}, ${seconds.toFixed(2)} s): ${covered}`,
    ...bounds.map((bound) => `  ${bound}`),
    ...lots,
    '',
    ...outcomes.map(
      ({ stdout, status, executions: times }) => `  ${times} × ${status}: ${stdout.join(' / ')}`,
    ),
    ...new Set(
      races.map(
        ({ variable, first, second }) =>
          `  race on ${variable}: thread ${first.tid} line ${first.line}, thread ${second.tid} line ${second.line}`,
      ),
    ),
    ...failures.flatMap(failureInWords),
    failures.length === 0 ? `\n${complete ? 'No schedule fails.' : 'No schedule that was run fails.'}` : '',
  ].join('\n');
}

function failureInWords({ kind, message, preemptions, schedule, steps, why }: ExploredFailure): string[] {
  return [
    '',
    `${kind}: ${message}`,
    `  preemptions: ${preemptions}   schedule: ${schedule}`,
    `  why: ${why}`,
    ...steps.map(({ tid, line, operation }) => `  thread ${tid}  line ${line}  ${operation}`),
  ];
}
