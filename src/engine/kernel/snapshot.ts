import { FRAME_BYTES, FUNCTION_BYTES, TEXT_BASE } from '../language/addresses.ts';
import type { FrameInfo } from '../language/index.ts';
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

/** Where a thread stands now. `trace`: the host's own stack trace, where the thread is the one that runs, and `at` the site where that is known. */
export function stackOf(thread: Thread, trace: string | null = null, at = -1): TracedStack {
  const { functions, sites } = thread.process.instance.program;
  const top = stackTopOf(thread.index);
  const innermostFiber = trace === null ? thread.stack.frames(top) : thread.stack.framesNow(trace, at, top);
  // A fiber stands on whoever resumed it.
  const below = thread.fibers.toReversed().flatMap((fiber) => fiber.below?.frames(top) ?? []);
  const frames = [...innermostFiber, ...below];
  const [innermost] = frames;
  return {
    tid: thread.tid,
    ...(innermost && {
      registers: {
        programCounter: codeAddressOf(sites, innermost),
        stackPointer: top - frames.length * FRAME_BYTES,
      },
    }),
    frames: frames.map((frame) => ({
      function: functions[frame.function]?.name || (frame.function > 0 ? 'anonymous' : ''),
      line: sites[frame.site]?.line ?? 0,
      ...(frame.locals && { locals: frame.locals }),
    })),
    waitsFor: thread.pending ? wish(thread) : null,
  };
}

/** Where in the text segment a frame is: its function's place, and the place of the site among those of the function. */
function codeAddressOf(
  sites: readonly { readonly function: number }[],
  { function: of, site }: FrameInfo,
): number {
  let place = 0;
  for (let other = 0; other < site; other++) if (sites[other]?.function === of) place++;
  return TEXT_BASE + of * FUNCTION_BYTES + Math.min(place, FUNCTION_BYTES - 1);
}
