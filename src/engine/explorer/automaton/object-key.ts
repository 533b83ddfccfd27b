import type { KernelObject } from '../../kernel/operation.ts';
import type { Atomic } from '../../kernel/sync/atomic.ts';
import type { Condition } from '../../kernel/sync/condition.ts';
import type { Semaphore } from '../../kernel/sync/semaphore.ts';
import type { Thread } from '../../kernel/thread.ts';
import type { Labels } from './labels.ts';

/** Objects whose operations depend on nothing but their own state, and that of their mutex. */
export const MODELLED: ReadonlySet<string> = new Set([
  'mutex',
  'semaphore',
  'rwlock',
  'condition',
  'barrier',
  'channel',
  'atomic',
  'output',
]);

/**
 * A name for the state an object is in: objects in states of the same name do the same from then on. `history` names the operations it has seen, for objects of which
 * nothing shorter is known; `processOf` undefined is who does the operation under way, whose second half has no thread yet. Null where the state cannot be named.
 */
export function keyOf(
  object: KernelObject,
  history: string,
  labels: Labels,
  processOf: (thread: Thread | undefined) => number,
): string | null {
  switch (object.kind) {
    case 'output':
      return '';
    case 'mutex':
      return 'mutex out of use';
    case 'semaphore':
      return `semaphore ${(object as Semaphore).permits}`;
    case 'atomic': {
      const label = labels.of((object as Atomic).value);
      return label < 0 ? null : `atomic ${label}`;
    }
    case 'condition':
      return `condition ${[...(object as Condition).waiters].map(({ thread }) => processOf(thread)).join()}`;
    default:
      return history;
  }
}
