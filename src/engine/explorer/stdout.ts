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
  enabled({ kind }: KernelOperation): boolean {
    return kind === 'print';
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
