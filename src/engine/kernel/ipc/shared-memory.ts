import type { KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';

/** An operation on one element. */
export interface ElementUpdate {
  readonly index: number;
  /** The new value; undefined: leave it. Gets the old one. */
  readonly next: (old: number) => number | undefined;
  /** What the call returns, from the old value. */
  readonly result: (old: number) => unknown;
}

/**
 * Numbers in frames that several processes map. State: the numbers. Loads read one, the rest change one; nothing ever waits. Two operations on different elements are independent in fact,
 * but one object here: the explorer asks `location` to tell them apart.
 */
export class SharedMemory implements KernelObject {
  readonly kind = 'shared memory';
  readonly isShared = true;
  readonly id: number;
  readonly name: string;
  readonly queues = [];
  readonly values: Float64Array;
  /** The frames it is in. */
  readonly frames: number[] = [];

  constructor(id: number, name: string, length: number) {
    this.id = id;
    this.name = name;
    this.values = new Float64Array(length);
  }

  enabled(): boolean {
    return true;
  }

  execute(operation: Operation): unknown {
    const { index, next, result } = operation.argument as ElementUpdate;
    const old = this.values[index] as number;
    const value = next(old);
    if (value !== undefined) this.values[index] = value;
    return result(old);
  }

  writes(operation: Operation): boolean {
    const { index, next } = operation.argument as ElementUpdate;
    return next(this.values[index] as number) !== undefined;
  }

  /** Which element the operation is about. */
  location(operation: Operation): number {
    return (operation.argument as ElementUpdate).index;
  }

  queueOf(): WaitQueue {
    return new WaitQueue();
  }

  holders(): readonly Thread[] {
    return [];
  }
}
