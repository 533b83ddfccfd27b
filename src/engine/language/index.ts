/** The language: `compile` a snippet once, run it as many `Instance`s (one for each process). */
export { type CompileOptions, compile } from './compiler/compile.ts';
export type { Host, Look } from './host.ts';
export { FUEL, LOOK, SUSPENDED, TICKS_PER_NANOSECOND, UNBOUNDED } from './host.ts';
export { type CallOptions, Instance } from './instance.ts';
export type {
  FunctionInfo,
  MachineRequest,
  Program,
  Segment,
  Site,
  SiteKind,
  VariableInfo,
} from './program.ts';
export { CompileError } from './program.ts';
export { format } from './runtime/format.ts';
export type { Frame, NativeForm } from './runtime/forms.ts';
export { defineKernelCall, defineSuspendable, defineSuspendableConstructor } from './runtime/forms.ts';
export { infoOf } from './runtime/function-text.ts';
export { inspect } from './runtime/inspect.ts';
export type { LoopQueues, QueueEntry } from './runtime/loop-queues.ts';
export type { Access, FrameInfo, Local, Outcome, Stack } from './stack.ts';
