import type { TracedMemory, TracedStack } from '../trace/trace.ts';
import { wish } from './deadlock.ts';
import { stackTopOf } from './layout.ts';
import type { Process } from './process.ts';
import type { Thread } from './thread.ts';

/** Pages of one process that a snapshot shows. */
const MOST_PAGES = 4096;

/** A process's address space now. `isShared`: has anybody else this frame? */
export function memoryOf(process: Process, isShared: (frame: number) => boolean): TracedMemory {
  const pages = process.space.pageTable().slice(0, MOST_PAGES);
  return {
    pid: process.pid,
    segments: process.space.segments.map(({ name, start, end }) => ({ name, start, end })),
    pages: pages.map(({ page, frame, copyOnWrite }) => ({
      page,
      frame,
      shared: isShared(frame),
      cow: copyOnWrite,
    })),
  };
}

/** Where a thread stands now. */
export function stackOf(thread: Thread): TracedStack {
  const { functions, sites } = thread.process.instance.program;
  return {
    tid: thread.tid,
    frames: thread.stack.frames(stackTopOf(thread.index)).map((frame) => ({
      function: functions[frame.function]?.name ?? '',
      line: sites[frame.site]?.line ?? 0,
      ...(frame.locals && { locals: frame.locals }),
    })),
    waitsFor: thread.pending ? wish(thread) : null,
  };
}
