import { BasePolicy, type ReadyReason, type Task } from './policy.ts';
import { ReadyList } from './ready-list.ts';

/** What is left of the CPU time it said it would need; a task that said nothing counts as short. */
function remaining(task: Task): number {
  return Math.max(0, task.expected - task.used);
}

/** Shortest job first: the ready task that needs the least CPU time goes next and is not interrupted. Ties: first come. */
export class ShortestJob extends BasePolicy {
  readonly name: string = 'sjf';
  protected readonly ready = new ReadyList();

  get length(): number {
    return this.ready.length;
  }

  enqueue(task: Task, reason: ReadyReason): void {
    const first = reason === 'preempted';
    this.ready.insert(task, (other, it) =>
      first ? remaining(other) >= remaining(it) : remaining(other) > remaining(it),
    );
  }

  dequeue(task: Task): void {
    this.ready.remove(task);
  }

  pick(core: number): Task | null {
    return this.ready.takeFor(core);
  }
}

/** Shortest time to completion first: `sjf` in which a shorter task that becomes ready takes the core. */
export class ShortestCompletion extends ShortestJob {
  override readonly name = 'stcf';

  override preempts(ready: Task, running: Task): boolean {
    return remaining(ready) < remaining(running);
  }
}
