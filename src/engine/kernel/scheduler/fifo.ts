import { BasePolicy, type ReadyReason, type Task } from './policy.ts';
import { ReadyList } from './ready-list.ts';

/** First in, first out: a thread runs until it blocks, yields or ends. POSIX `SCHED_FIFO` with one priority. */
export class Fifo extends BasePolicy {
  readonly name: string = 'fifo';
  protected readonly ready = new ReadyList();

  get length(): number {
    return this.ready.length;
  }

  enqueue(task: Task, reason: ReadyReason, _now?: number): void {
    if (reason === 'preempted') this.ready.unshift(task);
    else this.ready.push(task);
  }

  dequeue(task: Task): void {
    this.ready.remove(task);
  }

  pick(core: number): Task | null {
    return this.ready.takeFor(core);
  }
}
