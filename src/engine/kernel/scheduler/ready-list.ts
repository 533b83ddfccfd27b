import { mayRunOn, type Task } from './policy.ts';

/** Ready tasks in a row: a doubly linked list, so that any of them can leave in constant time. */
export class ReadyList {
  private first: Task | null = null;
  private last: Task | null = null;
  length = 0;

  push(task: Task): void {
    this.insertBefore(null, task);
  }

  unshift(task: Task): void {
    this.insertBefore(this.first, task);
  }

  /** Behind every task that is not after it: keeps the list sorted and equals in order of arrival. */
  insert(task: Task, isAfter: (other: Task, task: Task) => boolean): void {
    let place = this.last;
    while (place && isAfter(place, task)) place = place.readyPrevious;
    this.insertBefore(place ? place.readyNext : this.first, task);
  }

  remove(task: Task): void {
    if (task.readyPrevious) task.readyPrevious.readyNext = task.readyNext;
    else this.first = task.readyNext;
    if (task.readyNext) task.readyNext.readyPrevious = task.readyPrevious;
    else this.last = task.readyPrevious;
    task.readyNext = task.readyPrevious = null;
    this.length--;
  }

  /** Takes the first task that may run on the core. */
  takeFor(core: number): Task | null {
    for (let task = this.first; task; task = task.readyNext) {
      if (!mayRunOn(task, core)) continue;
      this.remove(task);
      return task;
    }
    return null;
  }

  /** Takes the first task whatever its core. */
  shift(): Task | null {
    const task = this.first;
    if (task) this.remove(task);
    return task;
  }

  *[Symbol.iterator](): Generator<Task> {
    for (let task = this.first; task; task = task.readyNext) yield task;
  }

  private insertBefore(next: Task | null, task: Task): void {
    const previous = next ? next.readyPrevious : this.last;
    task.readyPrevious = previous;
    task.readyNext = next;
    if (previous) previous.readyNext = task;
    else this.first = task;
    if (next) next.readyPrevious = task;
    else this.last = task;
    this.length++;
  }
}
