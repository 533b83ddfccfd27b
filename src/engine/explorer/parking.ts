import { Message } from '../kernel/ipc/message.ts';
import type { OperationKind } from '../kernel/operation.ts';
import type { Thread } from '../kernel/thread.ts';

/** Done at once where possible: nothing depends on when. */
export const SILENT: ReadonlySet<OperationKind> = new Set([
  'join',
  'detach',
  'exit',
  'yield',
  'sleep',
  'io',
  'leave',
  'waitpid',
]);
/** Done as soon as possible. */
export const WAITING: ReadonlySet<OperationKind> = new Set(['join', 'leave', 'waitpid', 'pause', 'io']);

/** What a message says; anything else as it is. */
export function opened(value: unknown): unknown {
  return value instanceof Message ? value.open() : value;
}

/** The innermost place of the reader's own that a thread is at: a site of the program, or -1. */
export function siteOf({ stack }: Thread): number {
  const own = (stack as { readonly site?: number }).site ?? -1;
  return own >= 0 ? own : (stack.frames()[0]?.site ?? -1);
}
