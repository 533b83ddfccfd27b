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
