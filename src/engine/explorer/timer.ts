import type { Operation as KernelOperation } from '../kernel/operation.ts';
import type { Condition } from '../kernel/sync/condition.ts';
import { ProgramOperation } from './program-operation.ts';

/**
 * The time that a thread is willing to wait for a condition, as a process with one step: it may be up at any moment. After the wait is over the step is
 * still there, and does nothing.
 */
export class Timer {
  readonly operation: ProgramOperation;
  readonly causes: readonly number[];
  private readonly wait: KernelOperation;

  /** `condition`: the explorer's number of the condition; `step`: where the wait began. */
  constructor(wait: KernelOperation, condition: number, step: number) {
    this.wait = wait;
    this.operation = ProgramOperation.expiry(condition, wait.site);
    this.causes = step < 0 ? [] : [step];
  }

  /** Is the thread still waiting? */
  get isRunning(): boolean {
    return this.wait.outcome === 'none';
  }

  /** The time is up. True where the thread was still waiting. */
  expire(): boolean {
    if (!this.isRunning) return false;
    this.wait.outcome = 'timeout';
    (this.wait.argument as Condition).letGo(this.wait);
    return true;
  }
}
