import { Fifo } from './fifo.ts';
import { mayRunOn, type ReadyReason, type Task } from './policy.ts';

/** How a `RoundRobin` differs from the plain one. */
export interface RoundRobinOptions {
  /**
   * `slice`: each thread that is picked gets a whole quantum. `periodic`: the timer interrupts a core every quantum whoever
   * runs, so that a thread picked in between gets what is left, and one picked at the very moment of the interrupt loses its turn.
   */
  readonly timer: 'slice' | 'periodic';
  /** A yield starts the periodic timer anew, as an interrupt does. */
  readonly yieldRestartsTimer: boolean;
  /** Numbers of threads, gone through again and again: whose turn it is. Threads that are not ready lose theirs; null: first come, first served. */
  readonly turns: readonly number[] | null;
}

const PLAIN: RoundRobinOptions = { timer: 'slice', yieldRestartsTimer: false, turns: null };

/** Round robin: each thread in turn for one quantum. POSIX `SCHED_RR` with one priority. */
export class RoundRobin extends Fifo {
  override readonly name: string = 'rr';
  private readonly quantum: number;
  private readonly options: RoundRobinOptions;
  /** When the periodic timer of each core interrupts next. */
  private readonly due: number[] = [];
  /** The core each task was picked for last. */
  private readonly cores = new Map<Task, number>();
  /** Place in `turns` of whose turn it is. */
  private turn = -1;

  /** @param quantum Ticks. */
  constructor(quantum: number, options: Partial<RoundRobinOptions> = {}) {
    super();
    this.quantum = quantum;
    this.options = { ...PLAIN, ...options };
  }

  private get isPeriodic(): boolean {
    return this.options.timer === 'periodic';
  }

  override enqueue(task: Task, reason: ReadyReason, now = 0): void {
    super.enqueue(task, reason);
    const isRestart = reason === 'expired' || (reason === 'yielded' && this.options.yieldRestartsTimer);
    if (this.isPeriodic && isRestart) this.restart(this.cores.get(task) ?? 0, now, reason);
  }

  /** The timer interrupts one quantum after it did last, or after a yield. */
  private restart(core: number, now: number, reason: ReadyReason): void {
    let due = reason === 'yielded' ? now : (this.due[core] ?? now);
    while (due <= now) due += this.quantum;
    this.due[core] = due;
  }

  override pick(core: number): Task | null {
    const task = this.takeTurn(core) ?? super.pick(core);
    if (task && this.isPeriodic) this.cores.set(task, core);
    return task;
  }

  /** The next in the order of turns that is ready. */
  private takeTurn(core: number): Task | null {
    const { turns } = this.options;
    if (turns === null) return null;
    for (let step = 1; step <= turns.length; step++) {
      const turn = (this.turn + step) % turns.length;
      const task = this.readyTask(turns[turn] as number, core);
      if (!task) continue;
      this.turn = turn;
      this.ready.remove(task);
      return task;
    }
    return null;
  }

  private readyTask(tid: number, core: number): Task | null {
    for (const task of this.ready) if (task.tid === tid && mayRunOn(task, core)) return task;
    return null;
  }

  override slice(task: Task, now = 0): number {
    if (!this.isPeriodic) return this.quantum;
    const core = this.cores.get(task) ?? 0;
    let due = this.due[core] ?? this.quantum;
    while (due < now) due += this.quantum;
    this.due[core] = due;
    return due - now;
  }

  override ended(task: Task): void {
    this.cores.delete(task);
  }
}
