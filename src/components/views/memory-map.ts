import { PAGE_CHANGE, type Trace } from '../../engine/events.ts';
import { processWords } from './format.ts';

/** Bytes in a page of the simulated machine. */
const pageBytes = 4096;

/** One page that has a frame. */
export interface MappedPage {
  readonly address: number;
  readonly frame: number;
  /** Other processes whose page tables name the same frame. */
  readonly alsoIn: readonly number[];
  /** Shared only until one of them writes. */
  readonly cow: boolean;
}

/** A segment with the pages of it that are in memory. */
export interface MappedSegment {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly pages: readonly MappedPage[];
}

/** The address space of one process. */
export interface MappedProcess {
  readonly pid: number;
  readonly name: string;
  readonly segments: readonly MappedSegment[];
}

type Spaces = NonNullable<Trace['memory']>;

/**
 * Address spaces after the first `cursor` events; at the end of the run for null, and where the trace does not say how they came to be. A
 * process that has no page yet, or none any more, is left out.
 */
export function memoryAt(
  { memory = [], pages, length }: Pick<Trace, 'memory' | 'pages' | 'length'>,
  cursor: number | null,
): Spaces {
  if (cursor === null || !pages) return memory;
  const tables = new Map<number, Map<number, { frame: number; cow: boolean }>>();
  for (let index = 0; index < pages.length; index += PAGE_CHANGE) {
    const [events = 0, pid = 0, page = 0, frame = -1, cow] = pages.subarray(index, index + PAGE_CHANGE);
    if (events >= cursor && cursor < length) break;
    const table = tables.get(pid) ?? new Map();
    tables.set(pid, table);
    if (frame < 0) table.delete(page);
    else table.set(page, { frame, cow: cow === 1 });
  }
  return memory.flatMap(({ pid, segments }) => {
    const table = [...(tables.get(pid) ?? [])].sort(([a], [b]) => a - b);
    if (table.length === 0) return [];
    return [
      { pid, segments, pages: table.map(([page, { frame, cow }]) => ({ page, frame, cow, shared: cow })) },
    ];
  });
}

/** Address spaces segment by segment; empty where the trace has none. */
export function memoryMap(trace: Pick<Trace, 'memory' | 'processes'>): MappedProcess[] {
  const owners = new Map<number, number[]>();
  for (const { pid, pages } of trace.memory ?? []) {
    for (const { frame } of pages) owners.set(frame, [...(owners.get(frame) ?? []), pid]);
  }
  const names = new Map(trace.processes.map(({ pid, name }) => [pid, name]));
  return (trace.memory ?? []).map(({ pid, segments, pages }) => {
    const mapped = pages.map(({ page, frame, cow }) => ({
      address: page * pageBytes,
      frame,
      alsoIn: (owners.get(frame) ?? []).filter((owner) => owner !== pid),
      cow,
    }));
    return {
      pid,
      name: names.get(pid) ?? `process ${pid}`,
      segments: segments.map((segment) => ({
        ...segment,
        pages: mapped.filter(({ address }) => address >= segment.start && address < segment.end),
      })),
    };
  });
}

/** One frame of the machine, and the pages that are in it. */
export interface UsedFrame {
  readonly frame: number;
  readonly pages: readonly { readonly name: string; readonly address: number }[];
}

/** The frames that hold something, by number. */
export function framesOf(spaces: readonly MappedProcess[]): UsedFrame[] {
  const frames = new Map<number, { name: string; address: number }[]>();
  for (const { pid, name, segments } of spaces) {
    for (const { frame, address } of segments.flatMap(({ pages }) => pages)) {
      const pages = frames.get(frame) ?? [];
      pages.push({ name: processWords(name, pid), address });
      frames.set(frame, pages);
    }
  }
  return [...frames].sort(([a], [b]) => a - b).map(([frame, pages]) => ({ frame, pages }));
}

/** Who else has a page: `with process 2 until one of them writes`; empty where nobody has. */
export function shareWords({ alsoIn, cow }: Pick<MappedPage, 'alsoIn' | 'cow'>): string {
  if (alsoIn.length === 0) return cow ? 'no more: the next write keeps it' : '';
  return `with process ${alsoIn.join(', ')}${cow ? ' until one of them writes' : ''}`;
}

/** Names written out at most. */
const mostNames = 3;

/** Who can reach a variable: the threads of its process, and those of processes that share its page for good. */
export function whoReaches(
  spaces: readonly MappedProcess[],
  threads: readonly { readonly pid: number; readonly name: string; readonly state: string }[],
): (variable: { readonly pid: number; readonly address: number }) => string {
  const pages = new Map(
    spaces.flatMap(({ pid, segments }) =>
      segments.flatMap((segment) => segment.pages.map((page) => [`${pid} ${page.address}`, page] as const)),
    ),
  );
  const own = (pid: number): string => {
    const alive = threads.filter((thread) => thread.pid === pid && thread.state !== 'over');
    return alive.length > mostNames
      ? `the ${alive.length} threads of process ${pid}`
      : alive.map(({ name }) => name).join(', ');
  };
  return ({ pid, address }) => {
    const page = pages.get(`${pid} ${address - (address % pageBytes)}`);
    const others = page && page.alsoIn.length > 0 && !page.cow ? `process ${page.alsoIn.join(', ')}` : '';
    return [own(pid), others].filter(Boolean).join(' and ') || 'nobody any more';
  };
}

/** The pages of a segment in words: `3 pages, 2 shared with process 2, copied on write`. */
export function describePages({
  name = '',
  pages,
}: Pick<MappedSegment, 'pages'> & { readonly name?: string }): string {
  if (name === 'guard') return 'never: touching it is a fault';
  if (pages.length === 0) return 'none yet';
  const shared = pages.filter(({ alsoIn }) => alsoIn.length > 0);
  const others = [...new Set(shared.flatMap(({ alsoIn }) => alsoIn))].sort((a, b) => a - b);
  const words = [`${pages.length} ${pages.length === 1 ? 'page' : 'pages'}`];
  if (shared.length > 0) words.push(`${shared.length} shared with process ${others.join(', ')}`);
  if (shared.some(({ cow }) => cow)) words.push('copied on write');
  return words.join(', ');
}
