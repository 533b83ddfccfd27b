import type { KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import type { Thread } from '../kernel/thread.ts';

/** The program's output: what is printed in which order. */
export class Stdout implements KernelObject {
  readonly kind = 'output';
  readonly name = 'the output';
  readonly queues = [];
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  /** Besides printing, an event loop with nothing to do waits here until it is woken. */
  enabled({ kind, outcome }: KernelOperation): boolean {
    return kind === 'print' || outcome !== 'none';
  }
  execute({ kind, argument }: KernelOperation): undefined {
    if (kind !== 'print') return;
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
