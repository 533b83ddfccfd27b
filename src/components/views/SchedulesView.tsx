import type { ExplorationReport } from '../../engine/index.ts';
import type { SearchChoice, SnippetState } from '../snippet/model.ts';
import { verdictOf } from './exploration-words.ts';
import { FailureCard } from './FailureCard.tsx';
import { count } from './format.ts';
import type { ViewIntents } from './intents.ts';
import type { Pointed } from './pointed.ts';
import { SchedulerPanel } from './SchedulerPanel.tsx';
import { TableHead } from './TableHead.tsx';

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
        <Findings exploration={exploration} intents={intents} pointed={state.pointed ?? state.chosen} />
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

/** Outcomes written out at most, the commonest first. */
const mostOutcomes = 50;

function Findings({
  exploration,
  intents,
  pointed,
}: {
  readonly exploration: ExplorationReport;
  readonly pointed: Pointed | null;
  readonly intents: ViewIntents;
}) {
  const outcomes = [...exploration.outcomes].sort((a, b) => b.executions - a.executions);
  return (
    <>
      <p className="view-verdict">{verdictOf(exploration)}</p>
      <div className="view-cards">
        {exploration.failures.map((failure) => (
          <FailureCard key={failure.schedule} {...{ failure, intents, pointed }} />
        ))}
      </div>
      <table>
        <caption>Outcomes</caption>
        <TableHead columns={['Printed', 'Ended', 'Executions', 'One such schedule']} />
        <tbody>
          {outcomes.slice(0, mostOutcomes).map(({ stdout, status, executions, schedule }) => (
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
      {outcomes.length > mostOutcomes && (
        <p className="view-note">{count(outcomes.length - mostOutcomes, 'rarer outcome')} not listed.</p>
      )}
    </>
  );
}
