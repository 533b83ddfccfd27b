import type { KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';

/**
 * A value whose operations are indivisible. `atomicLoad` reads it; `atomicStore`, `atomicUpdate` change it; `compareExchange` changes it where it succeeds. None
 * ever waits.
 */
export class Atomic implements KernelObject {
  readonly kind = 'atomic';
  readonly id: number;
  readonly name: string;
  readonly queues = [];
  value: unknown;

  constructor(id: number, name: string, value: unknown) {
    this.id = id;
    this.name = name;
    this.value = value;
  }

  enabled(): boolean {
    return true;
  }

  execute(operation: Operation): unknown {
    const old = this.value;
    const { argument } = operation;
    switch (operation.kind) {
      case 'atomicLoad':
        return old;
      case 'atomicStore':
        this.value = argument;
        return undefined;
      case 'compareExchange':
        return this.compareExchange(argument as readonly [unknown, unknown]);
      default:
        this.value = (argument as (old: unknown) => unknown)(old);
        return old;
    }
  }

  private compareExchange([expected, desired]: readonly [unknown, unknown]): boolean {
    if (!Object.is(this.value, expected)) return false;
    this.value = desired;
    return true;
  }

  writes(operation: Operation): boolean {
    if (operation.kind === 'compareExchange')
      return Object.is(this.value, (operation.argument as readonly unknown[])[0]);
    return operation.kind !== 'atomicLoad';
  }

  queueOf(): WaitQueue {
    return new WaitQueue();
  }

  holders(): readonly Thread[] {
    return [];
  }
}
