/** The engine, as everything outside `src/engine` sees it. */
export type {
  ExplorationProgress,
  ExplorationReport,
  ExplorationRun,
  ExploredFailure,
  ExploreOptions,
} from './explorer/explore.ts';
export type { Choice, Position } from './explorer/play.ts';
export { ReplayError } from './explorer/replay-error.ts';
export { ScheduleError } from './explorer/schedule.ts';
export { type FileSpan, filesOf, MAIN_FILE } from './language/files.ts';
export { CompileError, type MachineRequest, type Program, type Site } from './language/index.ts';
export type { Limits, OutputLine, Report, RunOptions } from './report.ts';
export { compile, explore, play, type Run, replay, start } from './session.ts';
export type { FiberPicture, Inside, LoopPicture, LoopQueue, QueuedWork } from './trace/inside.ts';
export { CostPart, EventKind, StopReason, type Trace } from './trace/trace.ts';
export { type TraceEvent, toTraceEvents } from './trace/trace-events.ts';
