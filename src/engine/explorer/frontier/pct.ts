import { Random } from '../../machine/random.ts';
import type { EventLog } from '../event-log.ts';
import type { Frontier } from './frontier.ts';

/** Priority changes in an execution: finds every bug that needs at most one ordering more than this. */
export const DEFAULT_CHANGES = 2;

/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi and Nagarakatte, ASPLOS 2010): random priorities, the most urgent process runs,
 * and at a few random steps the running one falls behind all others. A bug that needs d orderings among n threads and k steps is found with probability at
 * least 1 / (n k^(d-1)) in each execution.
 */
export class PctFrontier implements Frontier {
  readonly shared = 0;
  private readonly log: EventLog;
  private readonly chance: Random;
  private readonly changes: number;
  private readonly priorities: number[] = [];
  private changeAt: number[] = [];
  private lowest = 0;
  private longest = 1;

  constructor(log: EventLog, seed: number, changes = DEFAULT_CHANGES) {
    this.log = log;
    this.chance = new Random(seed);
    this.changes = changes;
  }

  choose(enabled: Int32Array, count: number): number {
    if (this.log.length === 0) this.begin();
    const best = this.mostUrgent(enabled, count);
    if (!this.changeAt.includes(this.log.length)) return best;
    this.priorities[best] = --this.lowest;
    return this.mostUrgent(enabled, count);
  }

  private begin(): void {
    this.priorities.length = 0;
    this.lowest = 0;
    this.changeAt = Array.from({ length: this.changes }, () => this.chance.below(this.longest));
  }

  private mostUrgent(enabled: Int32Array, count: number): number {
    let best = enabled[0] as number;
    for (let i = 0; i < count; i++) {
      const process = enabled[i] as number;
      this.priorities[process] ??= 1 + this.chance.next();
      if ((this.priorities[process] as number) > (this.priorities[best] as number)) best = process;
    }
    return best;
  }

  stepped(): void {}

  end(): boolean {
    this.longest = Math.max(this.longest, this.log.length);
    return true;
  }
}
