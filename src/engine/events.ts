/** The vocabulary of a trace and of a text alone: a page that draws a run does not load the machine that made it. */
export { type FileSpan, filesOf, MAIN_FILE } from './language/files.ts';
export type { FiberPicture, Inside, LoopPicture, LoopQueue, QueuedWork } from './trace/inside.ts';
export { PAGE_CHANGE } from './trace/page-log.ts';
export { CostPart, EventKind, StopReason, type Trace } from './trace/trace.ts';
export { toTraceEvents } from './trace/trace-events.ts';
