import { isPointed, pointAt } from './pointed.ts';
import type { ViewProps } from './props.ts';
import { TableHead } from './TableHead.tsx';
import type { TimelineRow } from './timeline-table.ts';

/** A row is marked with its thread, or alone where one event is meant. */
const isRowPointed = (pointed: ViewProps['pointed'], tid: number, event: number): boolean =>
  pointed?.event === undefined ? tid > 0 && isPointed(pointed, { tid }) : pointed.event === event;

/** What a picture of the timeline shows, in words. */
export function TimelineTable({
  label,
  rows,
  pointed,
  onPoint,
}: { readonly label: string; readonly rows: readonly TimelineRow[] } & Pick<
  ViewProps,
  'pointed' | 'onPoint'
>) {
  return (
    <section
      className="view-scroll"
      aria-label={label ? `Timeline as a table: ${label}` : 'Timeline as a table'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <table>
        <TableHead columns={['Who', 'What', 'From', 'To', 'Length']} />
        <tbody>
          {rows.map(({ key, tid, event, line, who, what, start, end, length }) => (
            <tr
              key={key}
              className={isRowPointed(pointed, tid, event) ? 'pointed' : undefined}
              onPointerEnter={() => onPoint(pointAt({ tid, event, line }))}
              onPointerLeave={() => onPoint(null)}
            >
              <th scope="row">{who}</th>
              <td>{what}</td>
              <td>{start}</td>
              <td>{end}</td>
              <td>{length}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
