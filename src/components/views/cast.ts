import type { Trace } from '../../engine/index.ts';

/** A thread as every view shows it: the same name and the same colour everywhere. */
export interface Player {
  readonly tid: number;
  readonly pid: number;
  readonly name: string;
  /** CSS colour: a hue for the process, a shade of it for the thread. */
  readonly hue: string;
}

/** What the first thread of every process is called. */
const MAIN = 'main';

/** What says how processes are called. */
interface Named {
  readonly processes: readonly { readonly pid: number; readonly name: string }[];
}

/** The shade of the thread that is `order`-th of its process, as CSS. */
export function hueOf(pid: number, order: number): string {
  return `var(--process-${((((pid - 1) % 8) + 8) % 8) + 1}-thread-${(((order % 4) + 4) % 4) + 1})`;
}

/**
 * The threads of a trace by number, in the order in which they came into being. The main thread of a process that was given a name goes by
 * that name. Names that several have say whose they are.
 */
export function castOf(trace: Pick<Trace, 'threads'> & Partial<Named>): ReadonlyMap<number, Player> {
  const processes = new Map(trace.processes?.map(({ pid, name }) => [pid, name]));
  const named = trace.threads.map(({ tid, pid, name }) => ({
    tid,
    pid,
    name: (name === MAIN && processes.get(pid)) || name,
  }));
  const orders = new Map<number, number>();
  const cast = new Map<number, Player>();
  const times = new Map<string, number>();
  for (const { name } of named) times.set(name, (times.get(name) ?? 0) + 1);
  for (const { tid, pid, name } of named) {
    const order = orders.get(pid) ?? 0;
    orders.set(pid, order + 1);
    const own = (times.get(name) ?? 0) > 1 ? `${name} (${pid}.${tid})` : name;
    cast.set(tid, { tid, pid, name: name ? own : `thread ${tid}`, hue: hueOf(pid, order) });
  }
  return cast;
}

/** The name of a thread; its number where the trace does not name it. */
export const nameOf = (cast: ReadonlyMap<number, Player>, tid: number): string =>
  cast.get(tid)?.name ?? `thread ${tid}`;
