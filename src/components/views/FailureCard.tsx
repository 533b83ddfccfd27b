import type { ExploredFailure } from '../../engine/index.ts';
import { hueOf } from './cast.ts';
import { columnsOf, failureWords, isSwitch, statesAfter } from './exploration-words.ts';
import { count } from './format.ts';
import type { ViewIntents } from './intents.ts';
import { isPointed, type Pointed, pointAt } from './pointed.ts';
import { WaitGraph } from './WaitGraph.tsx';

/** One way to fail: why, the schedule that shows it with the fewest preemptions, and what was known after each step. */
export function FailureCard({
  failure,
  intents,
  pointed,
}: {
  readonly pointed: Pointed | null;
  readonly failure: ExploredFailure;
  readonly intents: ViewIntents;
}) {
  const columns = columnsOf(failure);
  const states = statesAfter(failure.steps);
  return (
    <article className="view-card">
      <p className="view-title">{failureWords[failure.kind] ?? failure.kind}</p>
      <p>{failure.message}</p>
      {failure.why !== '' && failure.why !== failure.message && <p className="view-why">{failure.why}</p>}
      {failure.waiting.length > 0 && <WaitGraph waiting={failure.waiting} />}
      <p className="view-note">
        {count(failure.preemptions, 'preemption')} needed, {count(failure.steps.length, 'step')}.
      </p>
      <button type="button" onClick={() => intents.onReplay(failure.schedule)}>
        Replay this schedule
      </button>
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            {columns.map((tid) => (
              <th key={tid} scope="col">
                <span className="view-swatch" style={{ background: hueOf(1, tid - 1) }} />
                thread {tid}
              </th>
            ))}
            <th scope="col">After it</th>
          </tr>
        </thead>
        <tbody>
          {failure.steps.map(({ tid, line, operation }, index) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name but its place
              key={index}
              className={classOf(isSwitch(failure, index), isPointed(pointed, { tid, line }))}
              onPointerEnter={() => intents.onPoint(pointAt({ tid, line }))}
              onPointerLeave={() => intents.onPoint(null)}
            >
              <th scope="row">{index + 1}</th>
              {columns.map((column) => (
                <td key={column}>
                  {column === tid && (
                    <>
                      <code>{operation}</code> <small>line {line}</small>
                    </>
                  )}
                </td>
              ))}
              <td>
                <code>{states[index]}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

const classOf = (isSwitched: boolean, isMarked: boolean): string | undefined =>
  [isSwitched && 'switch', isMarked && 'pointed'].filter(Boolean).join(' ') || undefined;
