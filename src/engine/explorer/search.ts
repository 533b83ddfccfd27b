import { EventLog } from './event-log.ts';
import type { Ending, Frontier, FrontierFactory } from './frontier/frontier.ts';
import type { Execution, Operation } from './model.ts';

/** Steps of one execution after which it counts as endless. */
export const DEFAULT_STEP_BOUND = 10_000;

/**
 * The one search: run the program again and again, each time along the schedule its frontier asks for. Stateless: nothing of an execution is
 * kept but its log, so memory does not grow with their number.
 */
export class Search {
  readonly log = new EventLog();
  readonly execution: Execution;
  readonly frontier: Frontier;
  private readonly stepBound: number;
  private enabled = new Int32Array(16);
  private count = 0;
  private over = false;

  constructor(execution: Execution, frontier: FrontierFactory, stepBound = DEFAULT_STEP_BOUND) {
    this.execution = execution;
    this.frontier = frontier(this.log);
    this.stepBound = stepBound;
  }

  /** Run one more execution and say how it ended; null where none is left. `log` holds it until the next call. */
  next(): Ending | null {
    if (this.over) return null;
    const ending = this.run();
    this.ended = ending;
    return ending;
  }

  /** Work out what the last execution leaves to do. To be called once after each `next`, when the log has been looked at. */
  advance(): void {
    if (this.ended === null) return;
    this.over = !this.frontier.end(this.ended, this.execution, this.enabled, this.count);
    this.ended = null;
  }

  private ended: Ending | null = null;

  private run(): Ending {
    const { log, execution, frontier } = this;
    const { shared } = frontier;
    if (execution.restore) execution.restore(shared);
    else {
      execution.start();
      for (let event = 0; event < shared; event++) execution.step(log.process[event] as number);
    }
    log.truncate(shared);
    for (;;) {
      if (!this.findEnabled()) return execution.finished ? 'finished' : 'deadlock';
      if (log.length >= this.stepBound) return 'bound';
      const process = frontier.choose(this.enabled, this.count);
      if (process < 0) return 'abandoned';
      // A plan may come to nothing: a thread that spins does not look again before something has changed.
      if (!this.isEnabled(process)) return 'abandoned';
      const operation = execution.pending(process) as Operation;
      const causes = execution.causes(process);
      execution.step(process);
      log.append(process, operation, causes, execution);
      frontier.stepped();
      if (execution.halted) return 'halted';
    }
  }

  private isEnabled(process: number): boolean {
    for (let i = 0; i < this.count; i++) if (this.enabled[i] === process) return true;
    return false;
  }

  private findEnabled(): boolean {
    const { execution } = this;
    const { size } = execution;
    if (size > this.enabled.length) this.enabled = new Int32Array(size * 2);
    let count = 0;
    if (execution.enabledInto) count = execution.enabledInto(this.enabled);
    else
      for (let process = 0; process < size; process++)
        if (execution.isEnabled(process)) this.enabled[count++] = process;
    if (count === 0) return false;
    this.count = count;
    return true;
  }
}
