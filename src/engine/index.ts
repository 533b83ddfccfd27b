/** The engine, as everything outside `src/engine` sees it. */
export { CompileError, type MachineRequest, type Program, type Site } from './language/index.ts';
export type { Limits, OutputLine, Report, RunOptions } from './report.ts';
export { compile, type Run, start } from './session.ts';
export { type TraceEvent, toTraceEvents } from './trace/trace-events.ts';
export { CostPart, EventKind, StopReason, type Trace } from './trace/trace.ts';
