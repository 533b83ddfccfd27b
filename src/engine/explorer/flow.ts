import type { Message } from '../kernel/ipc/message.ts';
import { MessageQueue } from '../kernel/ipc/message-queue.ts';
import { Pipe } from '../kernel/ipc/pipe.ts';
import { Listener } from '../kernel/ipc/socket.ts';
import type { KernelObject, Operation } from '../kernel/operation.ts';
import { NONE } from './model.ts';

/** Something that messages go through in order: a pipe, a message queue, the connections that wait at a port. */
export function isFlow(object: KernelObject): object is Pipe | MessageQueue | Listener {
  return object instanceof Pipe || object instanceof MessageQueue || object instanceof Listener;
}

/**
 * In which steps messages went into a flow and came out of it. Its two ends are independent of each other: the order of a write and of a read of something else in the
 * same pipe changes nothing. What a read needs is the write of the very message it gets, and what a write to a full pipe needs is the read that made room.
 */
export class Flow {
  private readonly flow: Pipe | MessageQueue | Listener;
  private readonly sent: number[] = [];
  private readonly received: number[] = [];
  /** Bytes sent before each message. */
  private readonly offsets: number[] = [0];
  private readonly closed: number[] = [];

  constructor(flow: Pipe | MessageQueue | Listener) {
    this.flow = flow;
  }

  /** An operation was done in this step. */
  note({ kind, argument }: Operation, result: unknown, step: number): void {
    if (kind === 'send' || kind === 'connect') {
      this.offsets.push((this.offsets[this.sent.length] as number) + this.sizeOf(argument));
      this.sent.push(step);
    } else if ((kind === 'receive' && result !== null) || kind === 'accept') this.received.push(step);
  }

  /** Somebody who could put messages in cannot any more. */
  noteClosed(step: number): void {
    this.closed.push(step);
  }

  /** The steps that make it readable. */
  get causesOfReading(): readonly number[] {
    const next = this.received.length;
    return next < this.sent.length ? [this.sent[next] as number] : this.closed;
  }

  /** The steps that make this operation possible, were it done now. */
  causesOf({ kind, argument }: Operation): readonly number[] {
    if (kind === 'receive' || kind === 'accept') return this.causesOfReading;
    if (kind !== 'send' && kind !== 'connect') return NONE;
    const cause = this.received[this.neededReads(this.sizeOf(argument)) - 1];
    return cause === undefined ? NONE : [cause];
  }

  /** How many messages have to be out before one of this size has room. */
  private neededReads(size: number): number {
    const { offsets, sent } = this;
    const end = (offsets[sent.length] as number) + size;
    let reads = 0;
    while (reads < sent.length && end - (offsets[reads] as number) > this.capacity) reads++;
    return reads;
  }

  private get capacity(): number {
    return this.flow instanceof Listener ? this.flow.backlog : this.flow.capacity;
  }

  private sizeOf(argument: unknown): number {
    return this.flow instanceof Pipe ? (argument as Message).bytes : 1;
  }
}
