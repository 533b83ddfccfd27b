import { SystemError } from '../errors.ts';
import type { KernelObject, Operation } from '../operation.ts';
import type { Process } from '../process.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';
import type { Message } from './message.ts';

/** Bytes a pipe holds unless told otherwise, as in Linux. */
export const PIPE_CAPACITY = 65_536;

/**
 * A one-way stream through the kernel, shared by every process that has one of its ends open. State: the messages in it, how many bytes they are, and who has which
 * end open. `receive` is enabled while there is something, or no writer is left: end of file. `send` is enabled while there is room (a message larger than the pipe waits
 * for an empty one), or no reader is left: broken pipe. Receiving the end of file changes nothing; everything else does.
 */
export class Pipe implements KernelObject {
  readonly kind: 'pipe' | 'socket';
  readonly isShared = true;
  readonly id: number;
  readonly name: string;
  readonly capacity: number;
  private readonly readQueue = new WaitQueue();
  private readonly writeQueue = new WaitQueue();
  readonly queues = [this.readQueue, this.writeQueue];
  readonly watchers = new Set<() => void>();
  private readonly messages: Message[] = [];
  /** Bytes in it. */
  bytes = 0;
  readonly readers = new Set<Process>();
  readonly writers = new Set<Process>();

  constructor(id: number, name: string, capacity: number, kind: 'pipe' | 'socket' = 'pipe') {
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.capacity = capacity;
  }

  /** A read would not block. */
  get isReadable(): boolean {
    return this.messages.length > 0 || this.writers.size === 0;
  }

  enabled(operation: Operation): boolean {
    const { process } = operation.thread;
    if (operation.kind === 'receive') return this.isReadable || !this.readers.has(process);
    if (operation.kind !== 'send' || !this.writers.has(process)) return true;
    const { bytes } = operation.argument as Message;
    return this.readers.size === 0 || this.bytes === 0 || this.bytes + bytes <= this.capacity;
  }

  execute(operation: Operation): unknown {
    const { process } = operation.thread;
    if (operation.kind === 'receive') return this.receive(process);
    if (operation.kind === 'send') return this.send(process, operation.argument as Message);
    return this.close(process, operation.argument as 'reader' | 'writer');
  }

  private receive(process: Process): unknown {
    if (!this.readers.has(process))
      throw new SystemError('EBADF', `read: the reading end of ${this.name} is closed`);
    const message = this.messages.shift();
    if (!message) return null;
    this.bytes -= message.bytes;
    return message;
  }

  /** False where nobody can ever read it: the kernel turns that into SIGPIPE. */
  private send(process: Process, message: Message): unknown {
    if (!this.writers.has(process))
      throw new SystemError('EBADF', `write: the writing end of ${this.name} is closed`);
    if (this.readers.size === 0) return BROKEN;
    this.messages.push(message);
    this.bytes += message.bytes;
    return undefined;
  }

  private close(process: Process, end: 'reader' | 'writer'): void {
    const owners = end === 'reader' ? this.readers : this.writers;
    if (!owners.delete(process))
      throw new SystemError('EBADF', `close: this end of ${this.name} is closed already`);
  }

  /** The process is over: its ends close. */
  drop(process: Process): void {
    this.readers.delete(process);
    this.writers.delete(process);
  }

  /** A child has every end open that its parent has. */
  inherit(parent: Process, child: Process): void {
    if (this.readers.has(parent)) this.readers.add(child);
    if (this.writers.has(parent)) this.writers.add(child);
  }

  writes(operation: Operation): boolean {
    return operation.kind !== 'receive' || this.messages.length > 0;
  }

  queueOf(operation: Operation): WaitQueue {
    if (operation.kind === 'send') return this.writeQueue;
    return this.readQueue;
  }

  /** Who could end the wait is no one thread. */
  holders(): readonly Thread[] {
    return [];
  }
}

/** What a send into a pipe without readers gives. */
export const BROKEN: unique symbol = Symbol('broken pipe');
