import { SystemError } from '../errors.ts';
import { type KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';

/**
 * A queue between threads. State: the values in it and whether it is closed. `send` is enabled while there is room (or the channel is closed: then it fails), `receive` while there is a
 * value or the channel is closed. With capacity 0 a send has a second half, `leave`, that waits until its value was taken. All change the state, except
 * receiving the end.
 */
export class Channel implements KernelObject {
  readonly kind = 'channel';
  readonly id: number;
  readonly name: string;
  readonly capacity: number;
  private readonly senders = new WaitQueue();
  private readonly receivers = new WaitQueue();
  private readonly delivered = new WaitQueue();
  readonly queues = [this.receivers, this.delivered, this.senders];
  private readonly values: unknown[] = [];
  private taken = 0;
  private sent = 0;
  private isClosed = false;

  constructor(id: number, name: string, capacity: number) {
    this.id = id;
    this.name = name;
    this.capacity = capacity;
  }

  enabled(operation: Operation): boolean {
    if (operation.kind === 'send') return this.isClosed || this.values.length < Math.max(1, this.capacity);
    if (operation.kind === 'receive') return this.values.length > 0 || this.isClosed;
    if (operation.kind === 'leave') return this.taken >= (operation.argument as number) || this.isClosed;
    return true;
  }

  execute(operation: Operation): unknown {
    if (operation.kind === 'send') return this.send(operation.argument);
    if (operation.kind === 'receive') return this.receive();
    if (operation.kind === 'close') this.close();
    return undefined;
  }

  private send(value: unknown): unknown {
    if (this.isClosed) throw new SystemError('EPIPE', `send: ${this.name} is closed`);
    this.values.push(value);
    this.sent++;
    return this.capacity === 0 ? new Operation('leave', this, this.sent) : undefined;
  }

  private receive(): unknown {
    if (this.values.length === 0) return null;
    this.taken++;
    return this.values.shift();
  }

  private close(): void {
    if (this.isClosed) throw new SystemError('EPIPE', `close: ${this.name} is closed already`);
    this.isClosed = true;
  }

  writes(operation: Operation): boolean {
    return operation.kind !== 'leave' && !(operation.kind === 'receive' && this.values.length === 0);
  }

  queueOf(operation: Operation): WaitQueue {
    if (operation.kind === 'send') return this.senders;
    return operation.kind === 'receive' ? this.receivers : this.delivered;
  }

  holders(): readonly Thread[] {
    return [];
  }
}
