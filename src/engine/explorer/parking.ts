import { Message } from '../kernel/ipc/message.ts';
import type { OperationKind } from '../kernel/operation.ts';

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
