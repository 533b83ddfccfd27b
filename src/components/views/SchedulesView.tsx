import type { ExplorationReport, ExploredFailure } from '../../engine/index.ts';
import type { SearchChoice, SnippetState } from '../snippet/model.ts';
import { hueOf } from './cast.ts';
import { columnsOf, describeExploration, failureWords, isSwitch, statesAfter } from './exploration-words.ts';
import { count } from './format.ts';
import type { ViewIntents } from './mount.tsx';
import { TableHead } from './TableHead.tsx';
import { WaitGraph } from './WaitGraph.tsx';

/** What the explorer found: the verdict, every outcome, every way to fail with the schedule that shows it. */
export function SchedulesView({
  state,
  intents,
}: {
  readonly state: SnippetState;
  readonly intents: ViewIntents;
}) {
  const { exploration, phase } = state;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="view-scroll" aria-label="Schedules" tabIndex={0}>
      <SchedulerPanel state={state} intents={intents} />
      <SearchOptions state={state} intents={intents} />
      {exploration ? (
        <Findings exploration={exploration} intents={intents} />
      ) : (
        <p className="view-note">
          {phase === 'exploring'
            ? 'Running every schedule that matters…'
            : 'Press “Explore schedules” to run every schedule that matters and see whether one breaks the program.'}
        </p>
      )}
    </section>
  );
}

/** "You are the scheduler": who goes next is the reader's decision. */
function SchedulerPanel({ state, intents }: { readonly state: SnippetState; readonly intents: ViewIntents }) {
  const { game, phase } = state;
  if (!game) {
    return (
      <div className="view-bar">
        <button type="button" disabled={phase !== 'idle'} onClick={() => intents.onPlay('begin')}>
          You are the scheduler
        </button>
        <span className="view-note">Decide who goes next. Can you make it fail?</span>
      </div>
    );
  }
  return (
    <fieldset className="view-game">
      <legend>Who goes next?</legend>
      {game.choices.map(({ process, tid, name, line, operation }) => (
        <button key={process} type="button" onClick={() => intents.onPlay(process)}>
          <span className="view-swatch" style={{ background: hueOf(1, tid - 1) }} />
          {name}: <code>{operation}</code>
          {line > 0 && ` (line ${line})`}
        </button>
      ))}
      {game.choices.length === 0 && <p>{state.status}</p>}
      <button type="button" disabled={game.history.length === 0} onClick={() => intents.onPlay('undo')}>
        Undo
      </button>
      <button type="button" onClick={() => intents.onPlay('begin')}>
        Start again
      </button>
      <button type="button" onClick={() => intents.onPlay('leave')}>
        Leave
      </button>
      <p className="view-note">
        {count(game.history.length, 'decision')} so far. Share keeps them in the link.
      </p>
    </fieldset>
  );
}

/** How the next search goes about it. */
function SearchOptions({ state, intents }: { readonly state: SnippetState; readonly intents: ViewIntents }) {
  const { search } = state;
  return (
    <div className="view-bar">
      <label>
        Strategy
        <select
          value={search.strategy}
          onChange={({ target }) =>
            intents.onSearch({ ...search, strategy: target.value as SearchChoice['strategy'] })
          }
        >
          <option value="dpor">one of each class (dpor)</option>
          <option value="all">every schedule</option>
          <option value="random">random</option>
          <option value="pct">random by priorities (pct)</option>
        </select>
      </label>
      <label>
        Preemptions at most
        <input
          type="number"
          min="0"
          inputMode="numeric"
          placeholder="any"
          value={search.preemptions ?? ''}
          onChange={({ target }) =>
            intents.onSearch({
              ...search,
              preemptions: target.value === '' ? null : Math.max(0, Number(target.value)),
            })
          }
        />
      </label>
      <label>
        <input
          type="checkbox"
          checked={search.races}
          onChange={({ target }) => intents.onSearch({ ...search, races: target.checked })}
        />
        A data race is a failure
      </label>
    </div>
  );
}

function Findings({
  exploration,
  intents,
}: {
  readonly exploration: ExplorationReport;
  readonly intents: ViewIntents;
}) {
  return (
    <>
      <p className="view-verdict">{describeExploration(exploration)}</p>
      <div className="view-cards">
        {exploration.failures.map((failure) => (
          <FailureCard key={failure.schedule} failure={failure} intents={intents} />
        ))}
      </div>
      <table>
        <caption>Outcomes</caption>
        <TableHead columns={['Printed', 'Ended', 'Executions', 'One such schedule']} />
        <tbody>
          {exploration.outcomes.map(({ stdout, status, executions, schedule }) => (
            <tr key={schedule}>
              <th scope="row">
                <code>{stdout.join(' ⏎ ') || '(nothing)'}</code>
              </th>
              <td>{status}</td>
              <td>{executions.toLocaleString('en')}</td>
              <td>
                <button type="button" onClick={() => intents.onReplay(schedule)}>
                  Replay
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function FailureCard({
  failure,
  intents,
}: {
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
              className={isSwitch(failure, index) ? 'switch' : undefined}
              onPointerEnter={() => intents.onLine(line)}
              onPointerLeave={() => intents.onLine(null)}
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
