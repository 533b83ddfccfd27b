/** The page tables of two processes and the frames they lead to: drawn from the end of a run. */
import type { Trace } from '../../../engine/events.ts';
import { castOf } from '../../views/cast.ts';
import { box, picture, text } from './svg.ts';

/** An entry of a page table. */
export interface Entry {
  readonly segment: string;
  readonly page: number;
  readonly frame: number;
}

/** The table of one process. */
export interface Table {
  readonly name: string;
  readonly hue: string;
  readonly entries: readonly Entry[];
}

/** A frame of memory, and whether both tables lead to it: for good, or until one of the two writes. */
export interface SharedFrame {
  readonly frame: number;
  readonly shared: 'no' | 'until a write' | 'for good';
}

const PAGE = 4096;

/** The tables of processes `first` and `second` as they stood at their ends, and the frames in them. */
export function tablesOf(
  trace: Pick<Trace, 'memory' | 'processes' | 'threads'>,
  [first, second]: readonly [number, number],
): { readonly tables: readonly [Table, Table]; readonly frames: readonly SharedFrame[] } {
  const spaceOf = (pid: number) => {
    const space = trace.memory?.find((each) => each.pid === pid);
    if (!space) throw new Error(`The run has no process ${pid} whose memory could be drawn.`);
    return space;
  };
  const hues = [...castOf(trace).values()];
  const tableOf = (pid: number): Table => {
    const { segments, pages } = spaceOf(pid);
    const segmentOf = (page: number) =>
      segments.find(({ start, end }) => page * PAGE >= start && page * PAGE < end)?.name ?? '';
    return {
      name: `process ${pid}`,
      hue: hues.find((player) => player.pid === pid)?.hue ?? 'currentColor',
      entries: pages.map(({ page, frame }) => ({ segment: segmentOf(page), page, frame })),
    };
  };
  const tables = [tableOf(first), tableOf(second)] as const;
  const copied = new Set(
    [first, second].flatMap((pid) =>
      spaceOf(pid)
        .pages.filter(({ cow }) => cow)
        .map(({ frame }) => frame),
    ),
  );
  const inBoth = (frame: number) =>
    tables.every(({ entries }) => entries.some((entry) => entry.frame === frame));
  const frames = [...new Set(tables.flatMap(({ entries }) => entries.map(({ frame }) => frame)))];
  return {
    tables,
    frames: frames.map((frame) => ({
      frame,
      shared: !inBoth(frame) ? 'no' : copied.has(frame) ? 'until a write' : 'for good',
    })),
  };
}

const pageText = ({ segment, page }: Entry) => `${segment} 0x${page.toString(16)}`;

/** What the picture shows, in words. */
export function tablesText({ tables, frames }: ReturnType<typeof tablesOf>): string {
  const lists = tables.map(
    ({ name, entries }) =>
      `${name}: ${entries.map((entry) => `page ${pageText(entry)} leads to frame ${entry.frame}`).join(', ')}.`,
  );
  const shared = frames
    .filter((each) => each.shared !== 'no')
    .map(({ frame, shared: how }) => ` Frame ${frame} is in both tables, ${how}.`);
  return lists.join(' ') + shared.join('');
}

const ROW = 38;
const TOP = 30;

/** The two tables at the sides, the frames between them, and a line from each entry to its frame. */
export function pageTables(shown: ReturnType<typeof tablesOf>): string {
  const { tables, frames } = shown;
  const rows = Math.max(frames.length, ...tables.map(({ entries }) => entries.length));
  const middle = (count: number, index: number) => TOP + ((rows - count) * ROW) / 2 + index * ROW;
  const frameRow = new Map(frames.map(({ frame }, index) => [frame, middle(frames.length, index)]));
  const side = ({ name, hue, entries }: Table, x: number, from: number, to: number) => [
    text(x, 16, name, { style: `fill:${hue};font-weight:600` }),
    ...entries.flatMap((entry, index) => {
      const y = middle(entries.length, index);
      const goal = (frameRow.get(entry.frame) ?? 0) + 15;
      return [
        box(x, y, 114, 30, `stroke:${hue}`),
        text(x + 57, y + 19, pageText(entry), { anchor: 'middle' }),
        `<path d="M${from} ${y + 15} ${to} ${goal}" style="stroke:${hue}"/>`,
      ];
    }),
  ];
  return picture(400, TOP + rows * ROW, tablesText(shown), [
    text(200, 16, 'frames', { anchor: 'middle', style: 'font-weight:600' }),
    ...side(tables[0], 1, 115, 152),
    ...side(tables[1], 285, 285, 248),
    ...frames.map(({ frame, shared }) => {
      const y = frameRow.get(frame) ?? 0;
      const name = { anchor: 'middle' } as const;
      if (shared === 'no') return box(152, y, 96, 30) + text(200, y + 19, `frame ${frame}`, name);
      return (
        box(152, y, 96, 30, 'stroke-width:3') +
        text(200, y + 13, `frame ${frame}`, name) +
        text(200, y + 25, shared, { ...name, style: 'font-size:11px' })
      );
    }),
  ]);
}
