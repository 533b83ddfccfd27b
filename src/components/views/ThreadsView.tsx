import { useMemo } from 'react';
import { castOf } from './cast.ts';
import { objectWords } from './event-words.ts';
import { formatTime } from './format.ts';
import { Loops } from './Loops.tsx';
import type { Moment, ThreadMoment } from './moment.ts';
import { isPointed, pointAt } from './pointed.ts';
import type { MomentProps, ViewProps } from './props.ts';
import { Races } from './Races.tsx';
import { Stacks } from './Stacks.tsx';
import { TableHead } from './TableHead.tsx';
import { ThreadName } from './ThreadName.tsx';

/** Every thread and process at the cursor, as the kernel's control blocks have them, and every stack with its variables. */
export function ThreadsView(props: MomentProps) {
  const { run, moment, cursor } = props;
  const { trace, map, report } = run;
  const cast = useMemo(() => castOf(trace), [trace]);
  const isEnd = cursor === null || cursor >= trace.length;
  const stacks = isEnd ? (trace.stacks ?? []) : cursor === 0 ? [] : props.stacks;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="view-scroll" aria-label="Threads" tabIndex={0}>
      <p className="view-note">
        {cursor === null
          ? 'At the end of the run. Step to see any other moment.'
          : `At ${formatTime(moment.time)}, after event ${cursor} of ${trace.length}.`}
      </p>
      {isEnd && report.error?.stack && (
        <>
          <p className="view-title">Where the error came from</p>
          <ol>
            {report.error.stack.map((frame) => (
              <li key={frame}>
                <code>{frame}</code>
              </li>
            ))}
          </ol>
        </>
      )}
      <ThreadTable {...props} stacks={stacks} moment={moment} />
      <Loops {...props} inside={isEnd ? (run.inside ?? null) : cursor === 0 ? null : props.inside} />
      {stacks ? (
        <Stacks {...{ stacks, cast, moment }} source={map} onPoint={props.onPoint} />
      ) : (
        <p className="view-note">Looking up the stacks of this moment…</p>
      )}
      <ProcessTable {...props} moment={moment} />
      <Races report={report} cast={cast} onPoint={props.onPoint} />
    </section>
  );
}

/** What the kernel knows of each thread. */
function ThreadTable({
  run,
  moment,
  stacks,
  pointed,
  chosen,
  onPoint,
  onChoose,
}: ViewProps & { moment: Moment }) {
  const { trace } = run;
  const holds = (tid: number) =>
    [...moment.holders].filter(([, holder]) => holder === tid).map(([id]) => objectWords(trace, id));
  return (
    <table>
      <caption>Threads</caption>
      <TableHead
        columns={['Name', 'Number', 'Process', 'State', 'Line', 'Holds', 'Ran', 'Ready', 'Waited']}
      />
      <tbody>
        {moment.threads.map((thread) => {
          const { tid, pid, name, hue, line, spent } = thread;
          return (
            <tr
              key={tid}
              className={isPointed(pointed, { tid, line }) ? 'pointed' : undefined}
              onPointerEnter={() => onPoint(pointAt({ tid, line }))}
              onPointerLeave={() => onPoint(null)}
            >
              <th scope="row">
                <ThreadName {...{ tid, name, hue, chosen, onChoose }} />
              </th>
              <td>{tid}</td>
              <td>{pid}</td>
              <td>
                {thread.state}
                {whereAndWhy(thread, trace, stacks)}
              </td>
              <td>{line || ''}</td>
              <td>{holds(tid).join(', ')}</td>
              <td>{formatTime(spent.running)}</td>
              <td>{formatTime(spent.ready)}</td>
              <td>{formatTime(spent.blocked)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function whereAndWhy(
  { tid, state, core, waitsFor }: ThreadMoment,
  trace: ViewProps['run']['trace'],
  stacks: ViewProps['stacks'],
): string {
  if (state === 'running') return ` on core ${core}`;
  if (state === 'over') return '';
  const words = stacks?.find((stack) => stack.tid === tid)?.waitsFor;
  if (words) return `, waiting for ${words}`;
  return waitsFor >= 0 ? ` on ${objectWords(trace, waitsFor)}` : '';
}

/** What the kernel knows of each process. */
function ProcessTable({ run, moment, cursor }: ViewProps & { moment: Moment }) {
  const { report, trace } = run;
  const threadsOf = (pid: number) => moment.threads.filter((thread) => thread.pid === pid);
  const isEnd = cursor === null || cursor >= trace.length;
  const known = report.processes.filter(({ pid }) => threadsOf(pid).length > 0);
  return (
    <table>
      <caption>Processes</caption>
      <TableHead columns={['Name', 'Number', 'Parent', 'Threads alive', 'State', 'Most memory']} />
      <tbody>
        {known.map(({ pid, parent, name, peakMemory, exit }) => {
          const alive = threadsOf(pid).filter(({ state }) => state !== 'over').length;
          const over = exit && (exit.signal ? `killed by ${exit.signal}` : `exit code ${exit.code}`);
          return (
            <tr key={pid}>
              <th scope="row">{name}</th>
              <td>{pid}</td>
              <td>{parent || 'none'}</td>
              <td>{alive}</td>
              <td>{alive === 0 || isEnd ? (over ?? 'has not ended') : 'alive'}</td>
              <td>{peakMemory > 0 ? `${peakMemory.toLocaleString('en')} bytes` : ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
