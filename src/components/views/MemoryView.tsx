import { useMemo } from 'react';
import { castOf, hueOf } from './cast.ts';
import { objectWords } from './event-words.ts';
import { formatTime, hex, processWords } from './format.ts';
import {
  describePages,
  framesOf,
  type MappedPage,
  type MappedProcess,
  memoryAt,
  memoryMap,
  shareWords,
  whoReaches,
} from './memory-map.ts';
import { PageTable } from './PageTable.tsx';
import { isPointed, pointAt, variableKey } from './pointed.ts';
import type { MomentProps } from './props.ts';
import { TableHead } from './TableHead.tsx';
import { ThreadName } from './ThreadName.tsx';

/** Variables written out at most. */
const mostVariables = 200;

/** Variables with their addresses and values at the cursor, who can reach them; address spaces, page tables and frames. */
export function MemoryView({ run, moment, cursor, pointed, chosen, onPoint, onChoose }: MomentProps) {
  const { trace } = run;
  const spaces = useMemo(
    () => memoryMap({ processes: trace.processes, memory: memoryAt(trace, cursor) }),
    [trace, cursor],
  );
  const reach = useMemo(() => whoReaches(spaces, moment.threads), [spaces, moment]);
  const frames = useMemo(() => framesOf(spaces), [spaces]);
  const when = cursor === null ? 'at the end of the run' : `at ${formatTime(moment.time)}`;
  const cast = useMemo(() => castOf(trace), [trace]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="view-scroll" aria-label="Memory" tabIndex={0}>
      <table>
        <caption>Shared variables</caption>
        <TableHead columns={['Name', 'Address', 'Value', 'Last touched by', 'Who can reach it']} />
        <tbody>
          {moment.variables.slice(0, mostVariables).map(({ pid, address, name, value, tid }) => {
            const variable = variableKey(pid, address);
            return (
              <tr
                key={variable}
                className={isPointed(pointed, { variable, tid }) ? 'pointed' : undefined}
                onPointerEnter={() => onPoint(pointAt({ variable }))}
                onPointerLeave={() => onPoint(null)}
              >
                <th scope="row">
                  <button
                    type="button"
                    className="view-name"
                    aria-pressed={chosen?.variable === variable}
                    onClick={() => onChoose(chosen?.variable === variable ? null : pointAt({ variable }))}
                  >
                    <code>{name || 'unnamed'}</code>
                  </button>
                </th>
                <td>
                  <code>{hex(address)}</code>
                </td>
                <td>
                  <code>{value}</code>
                </td>
                <td>
                  <ThreadName
                    {...{ tid, chosen, onChoose }}
                    name={cast.get(tid)?.name ?? `thread ${tid}`}
                    hue={cast.get(tid)?.hue}
                  />
                </td>
                <td>{reach({ pid, address })}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {moment.variables.length > mostVariables && (
        <p className="view-note">
          {(moment.variables.length - mostVariables).toLocaleString('en')} more are not listed.
        </p>
      )}
      {moment.variables.length === 0 && <p className="view-note">Nothing shared has been touched yet.</p>}
      {moment.holders.size > 0 && (
        <ul>
          {[...moment.holders].map(([id, tid]) => (
            <li key={id}>
              {objectWords(trace, id)} is held by {cast.get(tid)?.name ?? `thread ${tid}`}.
            </li>
          ))}
        </ul>
      )}
      {spaces.map((space) => (
        <AddressSpace key={space.pid} space={space} when={when} />
      ))}
      {frames.length > 0 && (
        <details>
          <summary>Frames: {frames.length.toLocaleString('en')} in use</summary>
          <PageTable
            caption={`Frames of the machine, ${when}`}
            columns={['Frame', 'Holds']}
            rows={frames.map(({ frame, pages }) => ({
              key: frame,
              cells: [
                String(frame),
                pages.map(({ name, address }) => `${hex(address)} of ${name}`).join(', '),
              ],
            }))}
          />
        </details>
      )}
    </section>
  );
}

/** One process: its segments, and its page table on demand. */
function AddressSpace({ space, when }: { readonly space: MappedProcess; readonly when: string }) {
  const { pid, name, segments } = space;
  const pages = segments.flatMap((segment) =>
    segment.pages.map((page) => ({ ...page, segment: segment.name })),
  );
  return (
    <>
      <table>
        <caption>
          Address space of {processWords(name, pid)}, {when}
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
      <details>
        <summary>
          Page table of {processWords(name, pid)}: {pages.length.toLocaleString('en')}{' '}
          {pages.length === 1 ? 'entry' : 'entries'}
        </summary>
        <PageTable
          caption={`Page table of ${processWords(name, pid)}, ${when}`}
          columns={['Page', 'Segment', 'Frame', 'Shared']}
          rows={pages.map((page) => ({
            key: page.address,
            cells: [hex(page.address), page.segment, String(page.frame), shareWords(page)],
          }))}
        />
      </details>
    </>
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
