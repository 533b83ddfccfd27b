import type { KernelObject } from './operation.ts';
import type { Thread } from './thread.ts';

/**
 * Which lock was ever taken while another was held. Two locks taken in both orders can deadlock, whether this run did or not (the idea of the Linux kernel's lockdep).
 */
export class LockOrder {
  readonly warnings: string[] = [];
  private readonly after = new Map<KernelObject, Set<KernelObject>>();

  /** The thread has just taken a lock. */
  take(thread: Thread, lock: KernelObject): void {
    for (const held of thread.held) if (held !== lock) this.add(held, lock, thread);
  }

  private add(first: KernelObject, second: KernelObject, thread: Thread): void {
    const known = this.after.get(first) ?? new Set();
    if (known.has(second)) return;
    if (this.reaches(second, first, new Set()))
      this.warnings.push(
        `Lock order: ${thread.name} takes ${second.name} while it holds ${first.name}; elsewhere ${first.name} is taken while ${second.name} is held. Two threads that do so at once deadlock.`,
      );
    known.add(second);
    this.after.set(first, known);
  }

  private reaches(from: KernelObject, to: KernelObject, seen: Set<KernelObject>): boolean {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    for (const next of this.after.get(from) ?? []) if (this.reaches(next, to, seen)) return true;
    return false;
  }
}
