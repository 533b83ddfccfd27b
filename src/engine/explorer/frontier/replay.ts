import type { EventLog } from '../event-log.ts';
import type { Frontier } from './frontier.ts';

/** The schedule asks for something the program cannot do. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

/** One execution: the choices given, and then without preemption to the end. */
export class ReplayFrontier implements Frontier {
  readonly shared = 0;
  private readonly log: EventLog;
  private readonly choices: readonly number[];

  constructor(log: EventLog, choices: readonly number[]) {
    this.log = log;
    this.choices = choices;
  }

  choose(enabled: Int32Array, count: number): number {
    const step = this.log.length;
    const able = enabled.subarray(0, count);
    const choice = this.choices[step];
    if (choice === undefined) return continued(this.log, able);
    if (able.includes(choice)) return choice;
    throw new ReplayError(
      `The schedule does not fit this program: at step ${step + 1} it runs process ${choice}, which cannot go on there. Was the program changed since the schedule was recorded?`,
    );
  }

  stepped(): void {}

  end(): boolean {
    return false;
  }
}

/** Without preemption: the process that made the last step, while it can; else the first. */
export function continued(log: EventLog, enabled: Int32Array): number {
  const last = log.length > 0 ? (log.process[log.length - 1] as number) : -1;
  return enabled.includes(last) ? last : (enabled[0] as number);
}
