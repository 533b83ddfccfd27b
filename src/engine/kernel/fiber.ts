import type { Stack } from '../language/index.ts';
import type { Thread } from './thread.ts';

/** A stack of its own within a thread: runs only when it is resumed, and stops only where it says so. */
export class Fiber {
  readonly body: unknown;
  state: 'new' | 'suspended' | 'running' | 'ended' = 'new';
  stack: Stack | null = null;
  /** The stack that resumed it. */
  below: Stack | null = null;
  /** The thread that made it, or resumed it last. */
  thread: Thread | null = null;

  constructor(body: unknown) {
    this.body = body;
  }
}
