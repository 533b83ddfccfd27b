import { BasePolicy, type ReadyReason, type Task } from './policy.ts';
import { ReadyList } from './ready-list.ts';

/**
 * The most urgent ready task runs; equals take turns of one quantum (POSIX `SCHED_RR` with its priorities). A task that becomes ready takes the core of a less urgent one.
 * With `aging`, a ready task gains one priority for each such time it has waited, so that nobody starves.
 */
export class Priority extends BasePolicy {
  readonly name = 'priority';
  override readonly period: number;
  private readonly quantum: number;
  private readonly ready = new ReadyList();
  private readonly bonus = new Map<Task, number>();

  /** Both in ticks; `aging` 0: never. */
  constructor(quantum: number, aging: number) {
    super();
    this.quantum = quantum;
    this.period = aging;
  }

  get length(): number {
    return this.ready.length;
  }

  private urgency(task: Task): number {
    return task.priority + (this.bonus.get(task) ?? 0);
  }

  enqueue(task: Task, reason: ReadyReason): void {
    const first = reason === 'preempted';
    this.ready.insert(task, (other, it) =>
      first ? this.urgency(other) <= this.urgency(it) : this.urgency(other) < this.urgency(it),
    );
  }

  dequeue(task: Task): void {
    this.ready.remove(task);
  }

  pick(core: number): Task | null {
    const task = this.ready.takeFor(core);
    if (task) this.bonus.delete(task);
    return task;
  }

  override slice(): number {
    return this.quantum;
  }

  override preempts(ready: Task, running: Task): boolean {
    return this.urgency(ready) > this.urgency(running);
  }

  override ended(task: Task): void {
    this.bonus.delete(task);
  }

  /** Everyone who waits has waited one period longer. */
  override tick(running: readonly Task[]): void {
    const waiting = [...this.ready];
    for (const task of waiting) {
      this.ready.remove(task);
      this.bonus.set(task, (this.bonus.get(task) ?? 0) + 1);
    }
    for (const task of running) this.enqueue(task, 'expired');
    for (const task of waiting) this.enqueue(task, 'expired');
  }
}
