import { infoOf, type Program, type QueueEntry } from '../language/index.ts';
import type { FiberPicture, Inside, LoopPicture, LoopQueue, QueuedWork } from '../trace/inside.ts';
import type { Fiber } from './fiber.ts';
import type { Process } from './process.ts';
import { stackOf } from './snapshot.ts';
import type { Thread } from './thread.ts';

/** Entries of a queue that are shown. */
const SHOWN = 50;
/** Fibers of a process that are shown: the last ones made. */
const MOST_FIBERS = 200;

/** The stacks, the event loops and the fibers of processes now, in the middle of the code of `running` (null: of none), at a site where that is known. */
export function insideOf(processes: readonly Process[], running: Thread | null = null, at = -1): Inside {
  const alive = processes.filter(({ exit }) => exit === null);
  const trace = running && hostTrace();
  const threads = alive.flatMap((process) => process.threads.filter(({ state }) => state !== 'ended'));
  return {
    stacks: threads.map((thread) => stackOf(thread, thread === running ? trace : null, at)),
    loops: alive.map(loopOf),
    fibers: alive.flatMap(fibersOf),
  };
}

/** The host's own stack trace, all of it, whatever the program has done to errors; empty where it has frozen them. */
function hostTrace(): string {
  const { stackTraceLimit, prepareStackTrace } = Error as V8Error;
  const set = (changes: V8Error) =>
    Object.entries(changes).every(([name, value]) => Reflect.set(Error, name, value));
  const isSet = set({ stackTraceLimit: Number.POSITIVE_INFINITY, prepareStackTrace: undefined });
  const trace = isSet ? String(new Error().stack) : '';
  set({ stackTraceLimit, prepareStackTrace });
  return trace;
}

/** What engines of V8's kind let programs change. */
type V8Error = { readonly stackTraceLimit?: unknown; readonly prepareStackTrace?: unknown };

function loopOf({ pid, instance }: Process): LoopPicture {
  const { program, runtime } = instance;
  const { phase, now, held, ...queues } = runtime.loop.look();
  const work = (entry: QueueEntry) => workOf(program, entry);
  const queue = (name: LoopQueue['name']): LoopQueue => ({
    name,
    entries: queues[name].slice(0, SHOWN).map(work),
    more: Math.max(0, queues[name].length - SHOWN),
  });
  return {
    pid,
    phase,
    now: now && work(now),
    queues: [queue('microtasks'), queue('timers'), queue('tasks'), queue('immediates')],
    onTheWay: held,
  };
}

const NANOSECONDS = 1e6;

function workOf(program: Program, { kind, callback, site = -1, due, repeat }: QueueEntry): QueuedWork {
  const place = program.sites[site];
  const own = typeof callback === 'function' ? infoOf(callback) : undefined;
  const native = typeof callback === 'function' && !own ? callback.name : undefined;
  const goesOn = kind === 'await' ? program.functions[place?.function ?? -1]?.name : undefined;
  return {
    kind: native === '' ? 'settle' : kind,
    name: own?.name ?? native ?? goesOn ?? '',
    line: own?.line ?? place?.line ?? 0,
    ...(due !== undefined && { due }),
    ...(repeat !== undefined && { period: repeat * NANOSECONDS }),
  };
}

function fibersOf({ pid, instance, fibers, threads }: Process): FiberPicture[] {
  const { program } = instance;
  const number = (fiber: Fiber | undefined) => (fiber ? fibers.indexOf(fiber) + 1 : null);
  const above = (fiber: Fiber): Fiber | undefined => {
    const chain = threads.find((thread) => thread.fibers.includes(fiber))?.fibers ?? [];
    return chain[chain.indexOf(fiber) + 1];
  };
  return fibers.slice(-MOST_FIBERS).map((fiber): FiberPicture => {
    const waitsFor = fiber.state === 'running' ? number(above(fiber)) : null;
    // One that runs is on the host's own stack: where it is, its thread knows.
    const isStanding = fiber.state === 'suspended' || waitsFor !== null;
    const frames = isStanding ? (fiber.stack?.frames() ?? []) : [];
    const body = typeof fiber.body === 'function' ? infoOf(fiber.body) : undefined;
    return {
      pid,
      number: number(fiber) as number,
      tid: fiber.thread?.tid ?? 0,
      name: body?.name ?? '',
      line: body?.line ?? 0,
      state: fiber.state,
      waitsFor,
      frames: frames.map((frame) => ({
        function: program.functions[frame.function]?.name ?? '',
        line: program.sites[frame.site]?.line ?? 0,
      })),
    };
  });
}
