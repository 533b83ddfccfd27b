import { TICKS } from '../machine/costs.ts';
import { PAGE_BYTES } from '../machine/memory/index.ts';
import type { ErrorReport, Report } from '../report.ts';
import type { Trace } from '../trace/trace.ts';
import { describeDeadlock } from './deadlock.ts';
import { SystemError } from './errors.ts';
import { LIMIT_MESSAGES } from './limits.ts';
import type { Process } from './process.ts';
import { racesOf, racesUnseen } from './race-detector.ts';
import { memoryOf, stackOf } from './snapshot.ts';
import type { System } from './system.ts';
import type { Thread } from './thread.ts';

/** Everything that happened in a run so far. */
export function traceOf(system: System): Trace {
  const isShared = (frame: number) => system.frames.referencesTo(frame) > 1;
  const pids = new Map(system.processes.map(({ id, pid }) => [id, pid]));
  const pages = system.pageLog.columns((space) => pids.get(space) ?? 0);
  const trace = system.trace.finish(system.cores.length, system.time / TICKS);
  const threads = system.threads.map(({ id, name }) => ({ id, kind: 'thread', name }));
  return {
    ...trace,
    objects: [...trace.objects, ...threads],
    ...(pages && { pages }),
    memory: system.processes.map((process) => process.lastMemory ?? memoryOf(process, isShared)),
    stacks: system.threads.filter(({ state }) => state !== 'ended').map((thread) => stackOf(thread)),
  };
}

/** What a run did, as `run --json` prints it. */
export function summarise(system: System): Report {
  const end = system.time;
  const error = errorOf(system);
  const warnings = [...system.lockOrder.warnings, ...system.warnings, ...racesUnseen(system.processes)];
  return {
    status: system.status === 'running' || system.status === 'stopped' ? 'limit' : system.status,
    stdout: system.output,
    ...(error ? { error } : {}),
    time: end / TICKS,
    processes: system.processes.map((process) => ({
      pid: process.pid,
      parent: process.parent?.pid ?? 0,
      name: process.name,
      exit: process.exit,
      peakMemory: process.space.peakResident * PAGE_BYTES,
      ...(process.pid > 1 && process.error !== undefined && { error: uncaughtIn(process) }),
    })),
    threads: system.threads.map(threadReport),
    timeline: system.timeline.intervals(),
    races: racesOf(system.processes),
    ...(warnings.length > 0 ? { warnings } : {}),
    metrics: metricsOf(system, end),
  };
}

function threadReport(thread: Thread): Report['threads'][number] {
  return {
    tid: thread.tid,
    pid: thread.process.pid,
    name: thread.name,
    created: thread.created / TICKS,
    firstRun: thread.firstRun < 0 ? null : thread.firstRun / TICKS,
    finished: thread.finished < 0 ? null : thread.finished / TICKS,
    cpu: thread.used / TICKS,
    ready: thread.readyTicks / TICKS,
    blocked: thread.blockedTicks / TICKS,
  };
}

function metricsOf(system: System, end: number): Report['metrics'] {
  const sum = (part: 'useful' | 'overhead') =>
    system.cores.reduce((total, core) => total + core[part], 0) / TICKS;
  const idle = system.cores.reduce((total, core) => total + core.idle + end - core.time, 0) / TICKS;
  return {
    ...system.metrics,
    tlbMisses: system.cores.reduce((total, { mmu }) => total + mmu.tlbMisses, 0),
    cacheMisses: system.cores.reduce((total, { mmu }) => total + mmu.cache.misses, 0),
    useful: sum('useful'),
    overhead: sum('overhead'),
    idle,
  };
}

/** Where the reader's code threw the error, where that is known. */
export function positionOf(instance: unknown, error: unknown): { line: number; column: number } {
  const { positionOf } = instance as {
    positionOf?: (error: unknown) => { line: number; column: number } | null;
  };
  const { line, column } = positionOf?.call(instance, error) ?? { line: 0, column: 0 };
  return { line, column };
}

function errorOf(system: System): ErrorReport | null {
  if (system.status === 'stopped') return { message: 'The run was stopped.', line: 0, column: 0 };
  if (system.status === 'limit') return limitError(system);
  if (system.status === 'deadlock') return describeDeadlock(system);
  const first = system.processes[0];
  return first?.error === undefined ? null : uncaughtIn(first);
}

/** The error that ended a process. */
function uncaughtIn({ instance, error }: Process): ErrorReport {
  const stack = instance.stackOf(error);
  return { message: messageOf(error), ...positionOf(instance, error), ...(stack.length > 0 && { stack }) };
}

function limitError(system: System): ErrorReport {
  const message = system.limit ? LIMIT_MESSAGES[system.limit](system.limits) : 'The run is not over.';
  return { message, ...whereItStood(system) };
}

/** Where the thread stands that ran when the run was cut off: in the loop that has no end, if there is one. */
function whereItStood({ running, program }: System): { line: number; column: number } {
  const { line = 0, column = 0 } = program.sites[running.state === 'ended' ? -1 : running.stack.site] ?? {};
  return { line, column };
}

/** An error in words, as a terminal shows it: `TypeError: x is not a function`. */
export function messageOf(error: unknown): string {
  if (error instanceof SystemError) return error.message;
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return `Uncaught ${String(error)}`;
}
