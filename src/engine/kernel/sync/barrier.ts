import { type KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';

/**
 * A meeting point of n threads. State: how many have arrived in this round. `arrive` changes it; its second half, `leave`, is enabled when the round is
 * full and changes nothing.
 */
export class Barrier implements KernelObject {
  readonly kind = 'barrier';
  readonly id: number;
  readonly name: string;
  readonly size: number;
  private readonly queue = new WaitQueue();
  readonly queues = [this.queue];
  private arrived = 0;
  private round = 0;

  constructor(id: number, name: string, size: number) {
    this.id = id;
    this.name = name;
    this.size = size;
  }

  enabled(operation: Operation): boolean {
    return operation.kind === 'arrive' || (operation.argument as number) < this.round;
  }

  execute(operation: Operation): unknown {
    if (operation.kind === 'leave') return false;
    const leave = new Operation('leave', this, this.round);
    if (++this.arrived < this.size) return leave;
    this.arrived = 0;
    this.round++;
    return true;
  }

  writes(operation: Operation): boolean {
    return operation.kind === 'arrive';
  }

  queueOf(): WaitQueue {
    return this.queue;
  }

  holders(): readonly Thread[] {
    return [];
  }
}
