import type { Report } from '../report.ts';
import type { Kernel } from './kernel.ts';
import type { Thread } from './thread.ts';

/** Threads that wait for each other in a ring: each for something the next one holds. Empty where there is no ring. */
export function waitCycle(threads: readonly Thread[]): Thread[] {
  for (const start of threads) {
    const path: Thread[] = [];
    for (let thread: Thread | undefined = start; thread?.pending; thread = next(thread)) {
      const seen = path.indexOf(thread);
      if (seen >= 0) return path.slice(seen);
      path.push(thread);
    }
  }
  return [];
}

function next(thread: Thread): Thread | undefined {
  return thread.pending?.object.holders().find((holder) => holder.state !== 'ended');
}

/** Nothing can run and somebody still waits: who for what, in words, and where in the source. */
export function describeDeadlock(kernel: Kernel): NonNullable<Report['error']> {
  const blocked = kernel.threads.filter(
    ({ pending, isDetached, state }) => pending && state === 'blocked' && !isDetached,
  );
  const cycle = waitCycle(blocked);
  const involved = cycle.length > 0 ? cycle : blocked;
  const isOnly = new Set(involved.map(({ process }) => process)).size < 2;
  const nameOf = ({ name, process }: Thread) => (isOnly ? name : `${process.name}: ${name}`);
  const words = involved.map((thread) => `${nameOf(thread)} waits for ${wish(thread)}`).join(', ');
  const first = involved[0];
  const site = first?.process.instance.program.sites[first.stack.site];
  const message = cycle.length > 0 ? `Deadlock: ${words}.` : `Deadlock: nothing can run any more; ${words}.`;
  return { message, line: site?.line ?? 0, column: site?.column ?? 0 };
}

/** What a blocked thread waits for: `mutex m, held by thread b`. */
export function wish(thread: Thread): string {
  const { pending } = thread;
  if (!pending) return 'nothing';
  const { object } = pending;
  if (object === thread) return 'itself';
  if (object.kind === 'thread') return `${object.name} to end`;
  if (object.kind === 'process') return 'a child to end';
  if (pending.kind === 'idle') return 'something to do';
  const holders = object.holders().map(({ name }) => name);
  const held = holders.length > 0 ? `, held by ${holders.join(' and ')}` : '';
  const verb =
    pending.kind === 'reacquire' && pending.outcome === 'none' ? 'a signal (having given back ' : '';
  return verb ? `${verb}${object.name})` : `${object.name}${held}`;
}
