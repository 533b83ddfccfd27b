import { useMemo } from 'react';
import { castOf, hueOf, nameOf } from './cast.ts';
import { objectWords } from './event-words.ts';
import { formatTime } from './format.ts';
import { describePages, type MappedPage, memoryAt, memoryMap } from './memory-map.ts';
import { momentAt } from './moment.ts';
import type { ViewProps } from './props.ts';
import { TableHead } from './TableHead.tsx';

/** Virtual addresses as programmers write them. */
export const hex = (address: number): string => `0x${address.toString(16)}`;

/** Variables with their addresses and values at the cursor, who touched them last, and the locks. */
export function MemoryView({ run, cursor }: ViewProps) {
  const { trace, map, report } = run;
  const moment = useMemo(() => momentAt(trace, map, cursor ?? trace.length), [trace, map, cursor]);
  const spaces = useMemo(
    () => memoryMap({ processes: trace.processes, memory: memoryAt(trace, cursor) }),
    [trace, cursor],
  );
  const when = cursor === null ? 'at the end of the run' : `at ${formatTime(moment.time)}`;
  const cast = useMemo(() => castOf(trace), [trace]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="view-scroll" aria-label="Memory" tabIndex={0}>
      <table>
        <caption>Shared variables</caption>
        <TableHead columns={['Name', 'Address', 'Value', 'Last touched by']} />
        <tbody>
          {moment.variables.map(({ pid, address, name, value, tid }) => (
            <tr key={`${pid} ${address}`}>
              <th scope="row">
                <code>{name || 'unnamed'}</code>
              </th>
              <td>
                <code>{hex(address)}</code>
              </td>
              <td>
                <code>{value}</code>
              </td>
              <td>
                <span className="view-swatch" style={{ background: cast.get(tid)?.hue }} />
                {nameOf(cast, tid)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {moment.variables.length === 0 && <p className="view-note">Nothing shared has been touched yet.</p>}
      {moment.holders.size > 0 && (
        <ul>
          {[...moment.holders].map(([id, tid]) => (
            <li key={id}>
              {objectWords(trace, id)} is held by {nameOf(cast, tid)}.
            </li>
          ))}
        </ul>
      )}
      {spaces.map(({ pid, name, segments }) => (
        <table key={pid}>
          <caption>
            Address space of {name} <small>{pid}</small>, {when}
          </caption>
          <TableHead columns={['Segment', 'From', 'To', 'In memory']} />
          <tbody>
            {segments.map((segment) => (
              <tr key={segment.start}>
                <th scope="row">{segment.name}</th>
                <td>
                  <code>{hex(segment.start)}</code>
                </td>
                <td>
                  <code>{hex(segment.end)}</code>
                </td>
                <td>
                  {describePages(segment)}
                  <Pages pid={pid} pages={segment.pages} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <table>
        <caption>Processes</caption>
        <TableHead columns={['Process', 'Parent', 'Peak memory', 'End']} />
        <tbody>
          {report.processes.map(({ pid, parent, name, peakMemory, exit }) => (
            <tr key={pid}>
              <th scope="row">
                {name} <small>{pid}</small>
              </th>
              <td>{parent}</td>
              <td>{peakMemory.toLocaleString('en')} bytes</td>
              <td>{exit ? (exit.signal ?? `exit code ${exit.code}`) : 'has not ended'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Most pages drawn of a segment; the words beside them count all. */
const mostPages = 64;

/** A square a page; striped where another process has the same frame. The words say the same. */
function Pages({ pid, pages }: { readonly pid: number; readonly pages: readonly MappedPage[] }) {
  return (
    <span className="view-pages" aria-hidden="true" style={{ '--hue': hueOf(pid, 0) } as React.CSSProperties}>
      {pages.slice(0, mostPages).map(({ address, frame, alsoIn }) => (
        <i
          key={address}
          className={alsoIn.length > 0 ? 'shared' : undefined}
          title={`${hex(address)} is in frame ${frame}`}
        />
      ))}
    </span>
  );
}
