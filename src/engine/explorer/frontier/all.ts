import type { EventLog } from '../event-log.ts';
import { type Frontier, fractionOf } from './frontier.ts';

/**
 * Every schedule, one by one, depth first; or every schedule with at most so many preemptions (Musuvathi and Qadeer, "Iterative context
 * bounding", PLDI 2007), a preemption being a switch away from a process that could go on.
 */
export class AllFrontier implements Frontier {
  shared = 0;
  /** Schedules were left out because of the bound. */
  cut = false;
  private readonly log: EventLog;
  private readonly preemptions: number;
  /** Processes still to be taken in the state before each event, next one last. */
  private readonly options: number[][] = [];
  /** How many processes were to be taken in each of those states at first. */
  private readonly widths: number[] = [];
  /** Preemptions before each event. */
  private readonly spent: number[] = [0];
  private isPlanned = false;

  constructor(log: EventLog, preemptions = Number.POSITIVE_INFINITY) {
    this.log = log;
    this.preemptions = preemptions;
  }

  choose(enabled: Int32Array, count: number): number {
    const depth = this.log.length;
    const last = depth > 0 ? (this.log.process[depth - 1] as number) : -1;
    let continues = false;
    for (let i = 0; i < count; i++) continues ||= enabled[i] === last;
    if (!this.isPlanned) {
      const options = this.optionsOf(enabled, count, continues ? last : -1, depth);
      this.options[depth] = options;
      this.widths[depth] = options.length;
    }
    this.isPlanned = false;
    const process = (this.options[depth] as number[]).pop() as number;
    this.spent[depth + 1] = (this.spent[depth] as number) + (continues && process !== last ? 1 : 0);
    return process;
  }

  /** `last` goes first, then the others in order. */
  private optionsOf(enabled: Int32Array, count: number, last: number, depth: number): number[] {
    const options: number[] = [];
    const mayPreempt = last < 0 || (this.spent[depth] as number) < this.preemptions;
    if (mayPreempt)
      for (let i = count - 1; i >= 0; i--) if (enabled[i] !== last) options.push(enabled[i] as number);
    if (!mayPreempt && count > 1) this.cut = true;
    if (last >= 0) options.push(last);
    return options;
  }

  stepped(): void {}

  fraction(): number {
    const { options, widths, shared } = this;
    const left = (depth: number) => (options[depth] as number[]).length;
    return fractionOf(
      shared,
      (depth) => (widths[depth] as number) - left(depth) - (depth < shared ? 1 : 0),
      left,
    );
  }

  end(): boolean {
    for (let depth = this.log.length - 1; depth >= 0; depth--) {
      if ((this.options[depth] as number[]).length === 0) continue;
      this.shared = depth;
      this.isPlanned = true;
      return true;
    }
    return false;
  }
}
