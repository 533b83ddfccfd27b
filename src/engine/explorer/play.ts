import { insideOf } from '../kernel/inside.ts';
import type { Library } from '../kernel/kernel.ts';
import { compile, type Program } from '../language/index.ts';
import type { Report } from '../report.ts';
import type { Inside } from '../trace/inside.ts';
import type { Trace } from '../trace/trace.ts';
import { fingerprint } from './fingerprint.ts';
import { ProgramExecution } from './program-execution.ts';
import { Replay } from './replay.ts';
import { ReplayError } from './replay-error.ts';
import { formatSchedule } from './schedule.ts';

/** Something a scheduler may let happen next. */
export interface Choice {
  /** Number of the process in a schedule. */
  readonly process: number;
  readonly tid: number;
  readonly name: string;
  /** Line it stands at; 0 where unknown. */
  readonly line: number;
  /** `load counter`, `lock m`. */
  readonly operation: string;
}

/** A program in the hands of somebody who decides each step. */
export interface Position {
  /** What can happen next; empty where the program has ended or nothing can go on. */
  readonly choices: readonly Choice[];
  /** The steps so far, those included that had no alternative. */
  readonly taken: readonly number[];
  /** The steps so far as a schedule; its replay goes on from here without preemption. */
  readonly schedule: string;
  readonly report: Report;
  readonly trace: Trace;
  readonly inside: Inside;
  /** The places that the trace means. */
  readonly sites: Program['sites'];
}

/**
 * Where a program stands after some steps of the reader's choice. Steps without alternative are made at once, so that
 * every position is a real decision. The same steps give the same position: going back is asking with one step less.
 * @throws ReplayError where a step cannot be made.
 */
export function positionAfter(
  program: Program,
  library: Library,
  steps: readonly number[],
  seed = program.machine?.seed ?? 1,
): Position {
  const watched = compile(program.source, { name: program.name, watched: true });
  const execution = new ProgramExecution(watched, library, { seed, everyAccess: true });
  execution.start();
  const taken: number[] = [];
  const take = (process: number) => {
    execution.step(process);
    taken.push(process);
  };
  for (const process of steps) {
    if (process >= execution.size || !execution.isEnabled(process))
      throw new ReplayError(
        `Step ${taken.length + 1} cannot be made: process ${process} cannot go on there.`,
      );
    take(process);
  }
  let enabled = enabledIn(execution);
  while (enabled.length === 1 && taken.length < MOST_FORCED_STEPS + steps.length) {
    take(enabled[0] as number);
    enabled = enabledIn(execution);
  }
  const schedule = formatSchedule({
    seed,
    memoryModel: 'sc',
    choices: taken,
    program: fingerprint(program.source),
  });
  const replay = new Replay(program, library, schedule);
  replay.advance(taken.length);
  // One step more than were taken says how the program ended; before that it would be somebody else's choice.
  if (enabled.length === 0) replay.advance(1);
  else replay.stop();
  const inside = insideOf(replay.processes);
  const choices = enabled.map((process) => choiceOf(execution, process));
  return {
    choices,
    taken,
    schedule,
    report: replay.report(),
    trace: replay.trace(),
    inside,
    sites: replay.program.sites,
  };
}

/** Steps in a row that are made without asking, before the program counts as endless. */
const MOST_FORCED_STEPS = 10_000;

function enabledIn(execution: ProgramExecution): number[] {
  if (execution.halted || execution.failure) return [];
  return Array.from({ length: execution.size }, (_, process) => process).filter((process) =>
    execution.isEnabled(process),
  );
}

function choiceOf(execution: ProgramExecution, process: number): Choice {
  const operation = execution.pending(process);
  const site = execution.program.sites[operation?.site ?? -1];
  const { tid, name } = execution.actor(process).thread;
  const target = operation?.plain ? (site?.name ?? '').replace(/^\./, '') : operation?.objectName;
  const words = `${operation?.kind ?? ''} ${target ?? ''}`.trim();
  return { process, tid, name: name || `thread ${tid}`, line: site?.line ?? 0, operation: words };
}
