import type { KernelObject } from '../kernel/operation.ts';
import type { Thread } from '../kernel/thread.ts';

/**
 * Something that happens to a kernel object as a whole when its turn comes: a copy of a process, its end. Stands for that object in an operation; it never waits and nobody holds it.
 */
export class Deed implements KernelObject {
  readonly isShared = true;
  readonly kind: string;
  readonly name: string;
  readonly id: number;
  readonly queues = [];
  /** What it happens to. */
  readonly about: KernelObject;
  private readonly act: () => unknown;

  constructor(about: KernelObject, act: () => unknown) {
    this.about = about;
    this.kind = about.kind;
    this.name = about.name;
    this.id = about.id;
    this.act = act;
  }
  enabled(): boolean {
    return true;
  }
  execute(): unknown {
    return this.act();
  }
  writes(): boolean {
    return true;
  }
  queueOf(): never {
    throw new Error(`What happens to ${this.name} never waits.`);
  }
  holders(): readonly Thread[] {
    return [];
  }
}
