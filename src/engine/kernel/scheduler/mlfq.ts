import { BasePolicy, type ReadyReason, type Task } from './policy.ts';
import { ReadyList } from './ready-list.ts';

/** Parameters of `Mlfq`; lists go from the highest queue to the lowest, times are ticks. */
export interface MlfqParameters {
  readonly quanta: readonly number[];
  /** Quanta a task may use up in a queue before it moves down. */
  readonly allotments: readonly number[];
  /** Every this long all tasks go back to the top; 0: never. */
  readonly boost: number;
  /** A task that stops to wait gets its quantum and allotment back. */
  readonly stay: boolean;
  /** A task that comes back from a wait joins the front of its queue. */
  readonly front: boolean;
}

interface Entry {
  /** 0 is the highest. */
  level: number;
  /** What is left of its quantum. */
  left: number;
  /** Quanta left in this queue. */
  allotment: number;
  /** When it came back from a wait to the front of its queue, and when it was picked last: places in one count of such returns. */
  frontAt: number;
  pickedAt: number;
}

/**
 * Multi-level feedback queue (Corbató's CTSS; the rules of Arpaci-Dusseau's textbook): new tasks start at the top, one that uses up its allotment moves down, the
 * highest non-empty queue runs, and a boost lifts everybody now and then. An interrupted task keeps its place and what is left of its quantum.
 */
export class Mlfq extends BasePolicy {
  readonly name = 'mlfq';
  override readonly period: number;
  private readonly parameters: MlfqParameters;
  private readonly queues: ReadyList[];
  private readonly entries = new Map<Task, Entry>();
  /** Returns to the front of a queue so far. */
  private returns = 0;

  constructor(parameters: MlfqParameters) {
    super();
    this.parameters = parameters;
    this.period = parameters.boost;
    this.queues = parameters.quanta.map(() => new ReadyList());
  }

  get length(): number {
    return this.queues.reduce((sum, queue) => sum + queue.length, 0);
  }

  enqueue(task: Task, reason: ReadyReason): void {
    const entry = this.entry(task);
    if (entry.left <= 0) this.spendQuantum(entry);
    else if (reason === 'preempted') {
      this.putBack(task);
      return;
    } else if (reason === 'woken' && this.parameters.front) {
      entry.frontAt = ++this.returns;
      this.queueOf(task).unshift(task);
      return;
    }
    this.queueOf(task).push(task);
  }

  /** The task stood at the head of its queue while it ran; only those that came to the front since then are before it. */
  private putBack(task: Task): void {
    const queue = this.queueOf(task);
    const { pickedAt } = this.entry(task);
    const inFront: Task[] = [];
    for (const other of queue) {
      if (this.entry(other).frontAt <= pickedAt) break;
      inFront.push(other);
    }
    for (const other of inFront) queue.remove(other);
    queue.unshift(task);
    for (const other of inFront.toReversed()) queue.unshift(other);
  }

  dequeue(task: Task): void {
    this.queueOf(task).remove(task);
  }

  pick(core: number): Task | null {
    for (const queue of this.queues) {
      const task = queue.takeFor(core);
      if (!task) continue;
      this.entry(task).pickedAt = this.returns;
      return task;
    }
    return null;
  }

  override slice(task: Task): number {
    return this.entry(task).left;
  }

  override ran(task: Task, ticks: number): void {
    this.entry(task).left -= ticks;
  }

  /** A quantum is used up: the next one, or one queue down. */
  private spendQuantum(entry: Entry): void {
    if (--entry.allotment <= 0) {
      entry.level = Math.min(entry.level + 1, this.queues.length - 1);
      entry.allotment = this.parameters.allotments[entry.level] as number;
    }
    entry.left = this.parameters.quanta[entry.level] as number;
  }

  /** Where the wait begins just as the quantum ends, the quantum counts. */
  override blocked(task: Task): void {
    const entry = this.entry(task);
    const isUsedUp = entry.left <= 0;
    if (this.parameters.stay) this.refill(entry);
    if (isUsedUp) this.spendQuantum(entry);
  }

  override ended(task: Task): void {
    this.entries.delete(task);
  }

  override preempts(ready: Task, running: Task): boolean {
    const { level, frontAt } = this.entry(ready);
    const current = this.entry(running);
    return level < current.level || (level === current.level && frontAt > current.pickedAt);
  }

  override tick(running: readonly Task[]): void {
    for (const task of running.toReversed()) this.queueOf(task).unshift(task);
    const top = this.queues[0] as ReadyList;
    for (const queue of this.queues.slice(1).toReversed())
      for (let task = queue.shift(); task; task = queue.shift()) top.push(task);
    for (const entry of this.entries.values()) {
      entry.level = 0;
      this.refill(entry);
    }
  }

  private refill(entry: Entry): void {
    entry.left = this.parameters.quanta[entry.level] as number;
    entry.allotment = this.parameters.allotments[entry.level] as number;
  }

  private queueOf(task: Task): ReadyList {
    return this.queues[this.entry(task).level] as ReadyList;
  }

  private entry(task: Task): Entry {
    let entry = this.entries.get(task);
    if (!entry) {
      entry = { level: 0, left: 0, allotment: 0, frontAt: 0, pickedAt: 0 };
      this.refill(entry);
      this.entries.set(task, entry);
    }
    return entry;
  }
}
