import type { KernelObject, Operation } from './operation.ts';
import type { Thread } from './thread.ts';
import { WaitQueue } from './wait-queue.ts';

/** The standard output all processes share: `print` changes it and never waits. */
export class Console implements KernelObject {
  readonly kind = 'console';
  readonly name = 'the standard output';
  readonly id: number;
  readonly queues = [];
  private readonly write: (print: Operation) => void;

  constructor(id: number, write: (print: Operation) => void) {
    this.id = id;
    this.write = write;
  }

  enabled(): boolean {
    return true;
  }

  execute(operation: Operation): undefined {
    this.write(operation);
    return undefined;
  }

  writes(): boolean {
    return true;
  }

  queueOf(): WaitQueue {
    return new WaitQueue();
  }

  holders(): readonly Thread[] {
    return [];
  }
}
