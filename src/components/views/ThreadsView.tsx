import { useMemo } from 'react';
import { castOf, nameOf } from './cast.ts';
import { objectWords } from './event-words.ts';
import { formatTime } from './format.ts';
import { momentAt } from './moment.ts';
import type { ViewProps } from './props.ts';
import { TableHead } from './TableHead.tsx';

/** Every thread at the cursor: its state, its line, what it waits for, and what it has used in all. */
export function ThreadsView({ run, cursor, onLine }: ViewProps) {
  const { trace, map, report } = run;
  const moment = useMemo(() => momentAt(trace, map, cursor ?? trace.length), [trace, map, cursor]);
  const cast = useMemo(() => castOf(trace), [trace]);
  const totals = new Map(report.threads.map((thread) => [thread.tid, thread]));
  const holds = (tid: number) => [...moment.holders].filter(([, holder]) => holder === tid).map(([id]) => id);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="view-scroll" aria-label="Threads" tabIndex={0}>
      <p className="view-note">
        {cursor === null ? 'At the end of the run' : `At ${formatTime(moment.time)}, after event ${cursor}`}
      </p>
      <table>
        <TableHead columns={['Thread', 'Process', 'State', 'Line', 'Holds', 'Ran', 'Ready', 'Blocked']} />
        <tbody>
          {moment.threads.map(({ tid, pid, name, hue, state, core, line, waitsFor }) => (
            <tr key={tid} onPointerEnter={() => onLine(line || null)} onPointerLeave={() => onLine(null)}>
              <th scope="row">
                <span className="view-swatch" style={{ background: hue }} />
                {name} <small>{tid}</small>
              </th>
              <td>{pid}</td>
              <td>
                {state}
                {state === 'running' && ` on core ${core}`}
                {waitsFor >= 0 && ` on ${objectWords(trace, waitsFor)}`}
              </td>
              <td>{line || ''}</td>
              <td>
                {holds(tid)
                  .map((id) => objectWords(trace, id))
                  .join(', ')}
              </td>
              <td>{formatTime(totals.get(tid)?.cpu ?? 0)}</td>
              <td>{formatTime(totals.get(tid)?.ready ?? 0)}</td>
              <td>{formatTime(totals.get(tid)?.blocked ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {(trace.stacks ?? []).map(({ tid, frames, waitsFor }) => (
        <div key={tid}>
          <p className="view-title">
            Stack of {nameOf(cast, tid)} at the end{waitsFor && `, waiting for ${waitsFor}`}
          </p>
          <ol>
            {frames.map(({ function: name, line, locals }, depth) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a frame has no name but its depth
              <li key={depth}>
                <code>{name}</code> line {line}
                {locals && locals.length > 0 && (
                  <ul>
                    {locals.map((local) => (
                      <li key={`${local.segment} ${local.name} ${local.address}`}>
                        <code>
                          {local.name} = {local.value}
                        </code>{' '}
                        <small>{local.segment}</small>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ol>
        </div>
      ))}
      {report.races.length > 0 && (
        <>
          <p className="view-title">Data races</p>
          <ul>
            {report.races.map(({ variable, first, second }) => (
              <li key={`${variable} ${first.tid} ${first.line} ${second.tid} ${second.line}`}>
                <code>{variable}</code>: thread {first.tid} {first.write ? 'writes' : 'reads'} it at line{' '}
                {first.line}, thread {second.tid} {second.write ? 'writes' : 'reads'} it at line {second.line}
                , and nothing orders the two.
              </li>
            ))}
          </ul>
        </>
      )}
      {report.warnings && (
        <>
          <p className="view-title">Warnings</p>
          <ul>
            {report.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
