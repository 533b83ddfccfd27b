import type { Library } from '../kernel/kernel.ts';
import type { Process } from '../kernel/process.ts';
import { stackOf } from '../kernel/snapshot.ts';
import { compile, type Program } from '../language/index.ts';
import type { OutputLine, Report } from '../report.ts';
import { type Interval, Timeline } from '../trace/timeline.ts';
import type { Trace, TracedStack } from '../trace/trace.ts';
import { fingerprint } from './fingerprint.ts';
import { ProgramExecution } from './program-execution.ts';
import { ReplayError } from './replay-error.ts';
import { ReplayTrace, siteOf } from './replay-trace.ts';
import { parseSchedule, ScheduleError } from './schedule.ts';
import { DEFAULT_STEP_BOUND } from './search.ts';

/** Virtual time that one step of a replay takes, nanoseconds: a picture needs some. */
export const STEP_NANOSECONDS = 1_000;
const TICKS_A_NANOSECOND = 16;
const TICKS_A_STEP = STEP_NANOSECONDS * TICKS_A_NANOSECOND;

/**
 * A schedule run once more, step by step: one core, every step a microsecond. Whoever wants to step backwards runs it again up to
 * one step earlier; the same schedule gives the same run.
 */
export class Replay {
  readonly output: OutputLine[] = [];
  /** What runs: the program compiled to show variables and values. It has sites that the one given has not. */
  readonly program: Program;
  private readonly execution: ProgramExecution;
  private readonly choices: readonly number[];
  private readonly most: number;
  private readonly log: ReplayTrace;
  private readonly timeline = new Timeline();
  private steps = 0;
  private last = -1;
  private isOver = false;
  private isStopped = false;

  /** `most`: steps after which it ends. Throws `ScheduleError` where the text is no schedule, or one of another program. */
  constructor(program: Program, library: Library, schedule: string, most = Number.POSITIVE_INFINITY) {
    this.most = most;
    const { choices, seed, memoryModel, spuriousWakeups = false, program: mark } = parseSchedule(schedule);
    if (mark !== undefined && mark !== fingerprint(program.source))
      throw new ScheduleError(
        'The schedule was found in another program, or in this one before it was changed. Explore the program as it is now: a schedule says whose step comes when, and the steps are others now.',
      );
    const isTso = memoryModel === 'tso';
    // Compiled again so that the frames show their variables, and steps their values.
    const shown = compile(program.source, { name: program.name, watched: true, locals: true });
    this.program = shown;
    this.choices = choices;
    this.execution = new ProgramExecution(shown, library, {
      seed,
      everyAccess: true,
      isTso,
      wakesSpuriously: spuriousWakeups,
    });
    this.execution.start();
    this.log = new ReplayTrace(this.execution);
    this.log.notice(this.time, 1);
    this.print(1, -1, 0);
  }

  /** Steps made so far. */
  get length(): number {
    return this.steps;
  }

  /** Make up to `steps` steps. True when the run is over. Throws `ReplayError` where the schedule does not fit the program. */
  advance(steps: number): boolean {
    for (let i = 0; i < steps && !this.isOver; i++) {
      if (this.steps < this.most) this.once();
      else this.stop();
    }
    return this.isOver;
  }

  /** End the run here. */
  stop(): void {
    this.isOver = this.isStopped = true;
  }

  report(): Report {
    const { stepper } = this.execution;
    const failed = stepper.failure !== null;
    const isDeadlocked = this.isOver && !this.isStopped && !failed && !this.execution.finished;
    const message = failed
      ? stepper.failure?.message
      : isDeadlocked
        ? this.execution.describeDeadlock().message
        : undefined;
    const isCut = this.isStopped || this.steps >= this.bound;
    const code = failed ? 1 : 0;
    return {
      status: isCut ? 'limit' : isDeadlocked ? 'deadlock' : 'exited',
      stdout: this.output,
      ...(message === undefined ? {} : { error: { message, ...this.execution.failurePosition } }),
      time: this.time,
      processes: stepper.processes.map(({ pid, parent, name, exit }) => ({
        pid,
        parent: parent?.pid ?? 0,
        name,
        exit: exit ?? (isDeadlocked || isCut || pid !== 1 ? null : { code, signal: null }),
        peakMemory: 0,
      })),
      threads: this.threads(),
      timeline: this.timeline.intervals(),
      races: [],
      metrics: this.metrics(),
    };
  }

  /** The processes as the kernel knows them. */
  get processes(): readonly Process[] {
    return this.execution.stepper.processes;
  }

  trace(): Trace {
    return { ...this.log.finish(this.time), stacks: this.stacks() };
  }

  /** Where the threads stand that have not ended, with their variables. Who could go on waits for nothing. */
  private stacks(): TracedStack[] {
    const { execution } = this;
    return execution.stepper.actors.flatMap((actor) => {
      if (!actor || actor.isOver) return [];
      const stack = stackOf(actor.thread);
      return [execution.isEnabled(actor.process) ? { ...stack, waitsFor: null } : stack];
    });
  }

  /** A schedule is run to its end, and some way beyond. */
  private get bound(): number {
    return this.choices.length + DEFAULT_STEP_BOUND;
  }

  private get time(): number {
    return this.steps * STEP_NANOSECONDS;
  }

  private once(): void {
    const { execution } = this;
    const process = this.choose();
    if (process < 0 || this.steps >= this.bound) {
      this.finish();
      return;
    }
    const tid = execution.tidOf(process);
    const operation = execution.pending(process);
    if (process !== this.last) this.switchTo(process);
    const { stepper } = execution;
    const { length } = stepper.output;
    const { time } = this;
    stepper.done = [];
    execution.step(process);
    if (operation?.plain) this.log.access(time, tid, operation);
    this.log.uses(time, stepper.done);
    this.timeline.add(0, tid, this.steps * TICKS_A_STEP, (this.steps + 1) * TICKS_A_STEP);
    this.steps++;
    const print = stepper.done.find(({ kind }) => kind === 'print');
    this.print(tid, print ? siteOf(print) : (operation?.site ?? -1), length);
    this.log.notice(this.time, tid);
    if (execution.halted || execution.failure) this.finish();
  }

  private choose(): number {
    const { execution } = this;
    const choice = this.choices[this.steps];
    if (choice !== undefined) {
      if (choice < execution.size && execution.isEnabled(choice)) return choice;
      throw new ReplayError(
        `The schedule does not fit this program: at step ${this.steps + 1} it runs process ${choice}, which cannot go on there. Was the program changed since the schedule was recorded?`,
      );
    }
    if (this.last >= 0 && execution.isEnabled(this.last)) return this.last;
    for (let process = 0; process < execution.size; process++)
      if (execution.isEnabled(process)) return process;
    return -1;
  }

  private switchTo(process: number): void {
    this.leave();
    this.log.dispatch(this.time, this.execution.tidOf(process));
    this.last = process;
  }

  private leave(): void {
    if (this.last >= 0) this.log.leave(this.time, this.execution.actor(this.execution.threadOf(this.last)));
    this.last = -1;
  }

  private print(tid: number, site: number, from: number): void {
    const { output } = this.execution.stepper;
    for (const text of output.slice(Math.max(from, this.output.length))) {
      this.output.push({ time: this.time, pid: this.pidOf(tid), tid, text });
      this.log.print(this.time, tid, site, text);
    }
  }

  private pidOf(tid: number): number {
    return this.execution.stepper.threads.find((thread) => thread.tid === tid)?.process.pid ?? 1;
  }

  private finish(): void {
    this.leave();
    this.isOver = true;
  }

  private threads(): Report['threads'] {
    const spans = this.timeline.intervals();
    return this.execution.stepper.actors.flatMap((actor) => {
      if (!actor) return [];
      const own = spans.filter(({ tid }) => tid === actor.thread.tid);
      const cpu = own.reduce((sum, { start, end }) => sum + end - start, 0);
      const finished = actor.isOver ? endOf(own) : null;
      const { tid, name, process } = actor.thread;
      return [
        {
          tid,
          pid: process.pid,
          name,
          created: 0,
          firstRun: own[0]?.start ?? null,
          finished,
          cpu,
          ready: 0,
          blocked: 0,
        },
      ];
    });
  }

  private metrics(): Report['metrics'] {
    const switches = Math.max(0, this.timeline.intervals().length - 1);
    const none = {
      processSwitches: 0,
      fiberSwitches: 0,
      syscalls: 0,
      bytesCopied: 0,
      pageFaults: 0,
      tlbMisses: 0,
      cacheMisses: 0,
    };
    return { threadSwitches: switches, ...none, useful: this.time, overhead: 0, idle: 0 };
  }
}

function endOf(intervals: readonly Interval[]): number {
  return intervals.at(-1)?.end ?? 0;
}
