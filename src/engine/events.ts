/** The vocabulary of a trace alone, for views: a page that draws a run does not load the machine that made it. */
export { CostPart, EventKind, StopReason, type Trace } from './trace/trace.ts';
export { toTraceEvents } from './trace/trace-events.ts';
