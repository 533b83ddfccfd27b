import type { Operation as KernelOperation } from '../kernel/operation.ts';
import type { Condition } from '../kernel/sync/condition.ts';
import type { Agent } from './actor.ts';
import { ProgramOperation } from './program-operation.ts';

/**
 * The time that a thread is willing to wait for a condition, as a process with one step: it may be up at any moment. After the wait is over the step is
 * still there, and does nothing.
 */
export class Timer implements Agent {
  readonly role = 'time';
  readonly process: number;
  readonly owner: number;
  operation: ProgramOperation | null;
  readonly causes: readonly number[];
  private readonly wait: KernelOperation;

  /** `process`, `owner`: its own number and the waiting thread's; `condition`: the explorer's number of the condition; `step`: where the wait began. */
  constructor(process: number, owner: number, wait: KernelOperation, condition: number, step: number) {
    this.process = process;
    this.owner = owner;
    this.wait = wait;
    this.operation = ProgramOperation.expiry(condition, wait.site, this.outcome === 'spurious');
    this.causes = step < 0 ? [] : [step];
  }

  /** Is the thread still waiting? */
  get isRunning(): boolean {
    return this.wait.outcome === 'none';
  }

  /** How the wait ended, as far as it is this timer's doing. */
  get outcome(): 'timeout' | 'spurious' {
    return this.wait.deadline < Number.POSITIVE_INFINITY ? 'timeout' : 'spurious';
  }

  /** The time is up. True where the thread was still waiting. */
  expire(): boolean {
    this.operation = null;
    if (!this.isRunning) return false;
    this.wait.outcome = this.outcome;
    (this.wait.argument as Condition).letGo(this.wait);
    return true;
  }
}
