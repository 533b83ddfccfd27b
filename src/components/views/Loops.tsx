import type { Inside } from '../../engine/events.ts';
import { castOf, nameOf, type Player } from './cast.ts';
import { count, processWords } from './format.ts';
import { type EntryWords, fiberWords, nowWords, queueWords, usesFibers, usesLoop } from './loop-words.ts';
import { isPointed, pointAt } from './pointed.ts';
import type { MomentProps } from './props.ts';
import { TableHead } from './TableHead.tsx';

type Pointing = Pick<MomentProps, 'pointed' | 'onPoint'>;

/** The queues of the event loops and the fibers at the cursor, of a program that has any: lists and a table, so words and picture are one. */
export function Loops({ run, moment, cursor, pointed, onPoint, inside }: MomentProps) {
  const { source } = run.map;
  const names = new Map(run.report.processes.map(({ pid, name }) => [pid, processWords(name, pid)]));
  const cast = castOf(run.trace);
  const loops = usesLoop(source) ? (inside?.loops ?? []) : [];
  const isOver = loops.length === 0 && !inside?.fibers.some(({ state }) => state !== 'ended');
  if (!inside || (cursor === null && isOver)) return cursor === null ? <Hint source={source} /> : null;
  return (
    <>
      {loops.map((loop) => (
        <div key={loop.pid} className="view-loop">
          <p className="view-title">
            Event loop{names.size > 1 && ` of ${names.get(loop.pid) ?? `process ${loop.pid}`}`}
          </p>
          <dl>
            <div className="view-queue now">
              <dt>Runs now</dt>
              <dd>
                <Entry entry={nowWords(loop)} {...{ pointed, onPoint }} />
              </dd>
            </div>
            {queueWords(loop, moment.time).map(({ label, entries, more }) => (
              <div key={label} className="view-queue">
                <dt>{label}</dt>
                <dd>
                  {entries.length === 0 ? (
                    <span className="view-none">none</span>
                  ) : (
                    <ol>
                      {entries.map((entry, index) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no name but its place in the queue
                        <li key={index}>
                          <Entry entry={entry} {...{ pointed, onPoint }} />
                        </li>
                      ))}
                      {more > 0 && <li className="view-none">and {count(more, 'more')}</li>}
                    </ol>
                  )}
                </dd>
              </div>
            ))}
            {loop.onTheWay > 0 && (
              <div className="view-queue">
                <dt>On their way</dt>
                <dd>{count(loop.onTheWay, 'answer')} from outside, tasks when they come</dd>
              </div>
            )}
          </dl>
        </div>
      ))}
      {usesFibers(source) && <Fibers {...{ inside, cast, pointed, onPoint }} />}
    </>
  );
}

/** Where the reader looks at no moment: that there is something to see. */
function Hint({ source }: { readonly source: string }) {
  const what = [usesLoop(source) && 'the queues of the event loop', usesFibers(source) && 'the fibers'];
  const words = what.filter(Boolean).join(' and ');
  return words === '' ? null : <p className="view-note">Step to see {words} at any moment.</p>;
}

function Entry({ entry: { what, line, when }, pointed, onPoint }: Pointing & { readonly entry: EntryWords }) {
  return (
    <span
      className={`view-entry${line > 0 && isPointed(pointed, { line }) ? ' pointed' : ''}`}
      onPointerEnter={() => onPoint(pointAt({ line }))}
      onPointerLeave={() => onPoint(null)}
    >
      {what}
      {line > 0 && <small>, line {line}</small>}
      {when && <small>, {when}</small>}
    </span>
  );
}

function Fibers({
  inside: { fibers, stacks },
  cast,
  pointed,
  onPoint,
}: Pointing & { readonly inside: Inside; readonly cast: ReadonlyMap<number, Player> }) {
  const lineOf = (tid: number) => stacks.find((stack) => stack.tid === tid)?.frames[0]?.line ?? 0;
  if (fibers.length === 0) return <p className="view-note">No fiber has been made yet.</p>;
  return (
    <table>
      <caption>Fibers</caption>
      <TableHead columns={['Name', 'Thread', 'State', 'Line', 'Calls']} />
      <tbody>
        {fibers.map((fiber) => {
          const { name, state, line: at, calls } = fiberWords(fiber);
          const line = state === 'runs' ? lineOf(fiber.tid) : at;
          return (
            <tr
              key={`${fiber.pid} ${fiber.number}`}
              className={line > 0 && isPointed(pointed, { line }) ? 'pointed' : undefined}
              onPointerEnter={() => onPoint(pointAt({ line }))}
              onPointerLeave={() => onPoint(null)}
            >
              <th scope="row">{name}</th>
              <td>{nameOf(cast, fiber.tid)}</td>
              <td>{state}</td>
              <td>{line || ''}</td>
              <td>{calls}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
