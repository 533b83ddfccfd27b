import type { KernelObject, Operation } from '../operation.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';
import type { Message } from './message.ts';

/** Messages a queue holds unless told otherwise, as in Linux. */
export const QUEUE_CAPACITY = 10;

/**
 * A queue of messages with a name (POSIX `mq_open`), which lives as long as the machine. State: the messages. `send` is enabled while there is room, `receive` while there is a
 * message; both change it.
 */
export class MessageQueue implements KernelObject {
  readonly kind = 'message queue';
  readonly isShared = true;
  readonly id: number;
  readonly name: string;
  readonly capacity: number;
  private readonly senders = new WaitQueue();
  private readonly receivers = new WaitQueue();
  readonly queues = [this.receivers, this.senders];
  readonly watchers = new Set<() => void>();
  private readonly messages: Message[] = [];

  constructor(id: number, name: string, capacity: number) {
    this.id = id;
    this.name = name;
    this.capacity = capacity;
  }

  /** Messages in it. */
  get length(): number {
    return this.messages.length;
  }

  get isReadable(): boolean {
    return this.messages.length > 0;
  }

  enabled(operation: Operation): boolean {
    if (operation.kind === 'send') return this.messages.length < this.capacity;
    return operation.kind !== 'receive' || this.messages.length > 0;
  }

  execute(operation: Operation): unknown {
    if (operation.kind === 'receive') return this.messages.shift();
    this.messages.push(operation.argument as Message);
    return undefined;
  }

  writes(): boolean {
    return true;
  }

  queueOf(operation: Operation): WaitQueue {
    return operation.kind === 'send' ? this.senders : this.receivers;
  }

  holders(): readonly Thread[] {
    return [];
  }
}
