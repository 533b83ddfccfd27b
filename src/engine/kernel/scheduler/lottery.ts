import type { Random } from '../../machine/random.ts';
import { Fifo } from './fifo.ts';
import { mayRunOn, type Task } from './policy.ts';

/** Lottery scheduling (Waldspurger and Weihl 1994): each quantum a ticket is drawn; a task holds as many as its priority, at least one. */
export class Lottery extends Fifo {
  override readonly name = 'lottery';
  private readonly quantum: number;
  private readonly random: Random;

  /** @param quantum Ticks. */
  constructor(quantum: number, random: Random) {
    super();
    this.quantum = quantum;
    this.random = random;
  }

  override pick(core: number): Task | null {
    let total = 0;
    for (const task of this.ready) if (mayRunOn(task, core)) total += tickets(task);
    if (total === 0) return null;
    let drawn = this.random.below(total);
    for (const task of this.ready) {
      if (!mayRunOn(task, core)) continue;
      drawn -= tickets(task);
      if (drawn >= 0) continue;
      this.ready.remove(task);
      return task;
    }
    return null;
  }

  override slice(): number {
    return this.quantum;
  }
}

function tickets(task: Task): number {
  return Math.max(1, Math.floor(task.priority));
}
