import type { Ending } from './frontier/frontier.ts';
import type { Minimal } from './minimise.ts';
import type { FailureKind, Subject } from './subject.ts';

/** One way in which the program can end. */
export interface OutcomeFound {
  readonly stdout: readonly string[];
  readonly status: string;
  executions: number;
  schedule: Minimal;
}

/** How the program ended, in the executions so far. */
export class Outcomes {
  /** Every distinct output, with the status. */
  readonly found = new Map<string, OutcomeFound>();
  /** The same by status, and by the number of what was printed: quicker than the words. */
  private readonly numbered = new Map<string, Map<number, OutcomeFound>>();
  private readonly subject: Subject;
  private readonly schedule: () => Minimal;

  /** `schedule` tells how the execution under way came to its end. */
  constructor(subject: Subject, schedule: () => Minimal) {
    this.subject = subject;
    this.schedule = schedule;
  }

  clear(): void {
    this.found.clear();
    this.numbered.clear();
  }

  /** The execution under way has ended like this. */
  record(ending: Ending, failure: FailureKind | null): void {
    const status =
      failure === null || failure === 'deadlock' || failure === 'livelock' ? STATUS[ending] : failure;
    const number = this.subject.outputNumber ?? -1;
    const known = number < 0 ? undefined : this.numbered.get(status)?.get(number);
    const outcome = known ?? this.outcomeOf(status, number);
    outcome.executions++;
  }

  private outcomeOf(status: string, number: number): OutcomeFound {
    const { stdout } = this.subject;
    const key = `${status}\n${stdout.join('\n')}`;
    const outcome = this.found.get(key) ?? {
      stdout: [...stdout],
      status,
      executions: 0,
      schedule: this.schedule(),
    };
    this.found.set(key, outcome);
    if (number < 0) return outcome;
    const numbered = this.numbered.get(status) ?? new Map<number, OutcomeFound>();
    numbered.set(number, outcome);
    this.numbered.set(status, numbered);
    return outcome;
  }
}

const STATUS: { readonly [ending in Ending]: string } = {
  finished: 'exited',
  halted: 'exited',
  deadlock: 'deadlock',
  bound: 'limit',
  abandoned: 'limit',
};
