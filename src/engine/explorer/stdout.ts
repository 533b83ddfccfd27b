import type { KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import type { Thread } from '../kernel/thread.ts';

/** The program's output: what is printed in which order. */
export class Stdout implements KernelObject {
  readonly kind = 'output';
  readonly name = 'the output';
  readonly isShared = true;
  readonly queues = [];
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  enabled(): boolean {
    return true;
  }
  execute({ argument }: KernelOperation): undefined {
    const [lines, text] = argument as readonly [string[], string];
    lines.push(text);
  }
  writes(): boolean {
    return true;
  }
  queueOf(): never {
    throw new Error('Output never waits.');
  }
  holders(): readonly Thread[] {
    return [];
  }
}

/** An event loop with nothing to do: `idle` until a timer is due (its argument moves the clock there), `pause` until it is woken. */
export class IdleLoop implements KernelObject {
  readonly kind = 'event loop';
  readonly name = 'the event loop';
  /** Whether it has something to do is up to the schedule; a copy of the process is told. */
  readonly isShared = true;
  readonly queues = [];
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  enabled({ kind, outcome }: KernelOperation): boolean {
    return kind === 'idle' || outcome !== 'none';
  }
  execute({ outcome, argument }: KernelOperation): undefined {
    if (outcome === 'none') (argument as () => void)();
  }
  writes(): boolean {
    return true;
  }
  queueOf(): never {
    throw new Error('An event loop has no queue.');
  }
  holders(): readonly Thread[] {
    return [];
  }
}
