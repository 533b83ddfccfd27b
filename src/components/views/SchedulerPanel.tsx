import { type Goal, goalsOf, goalWords } from '../snippet/goals.ts';
import type { SnippetState } from '../snippet/model.ts';
import { hueOf } from './cast.ts';
import { count } from './format.ts';
import type { ViewIntents } from './intents.ts';
import { pointAt } from './pointed.ts';

interface PanelProps {
  readonly state: SnippetState;
  readonly intents: ViewIntents;
}

/** "You are the scheduler": who goes next is the reader's decision. */
export function SchedulerPanel({ state, intents }: PanelProps) {
  const { game, phase } = state;
  if (game) return <Game state={state} intents={intents} />;
  return (
    <div className="view-bar">
      <button type="button" disabled={phase !== 'idle'} onClick={() => intents.onPlay('begin')}>
        You are the scheduler
      </button>
      <GoalChoice state={state} intents={intents} />
    </div>
  );
}

/** What to aim at; the explorer's findings are goals too. */
function GoalChoice({ state: { goal, exploration }, intents }: PanelProps) {
  const goals = goalsOf(exploration);
  const words = goalWords(goal);
  const known = goals.some((one) => goalWords(one) === words);
  const choose = (wanted: string) => {
    const chosen = goals.find((one) => goalWords(one) === wanted);
    if (chosen) intents.onGoal(chosen);
  };
  return (
    <label>
      Goal
      <select value={words} onChange={({ target }) => choose(target.value)}>
        {(known ? goals : [goal, ...goals]).map((one: Goal) => (
          <option key={goalWords(one)}>{goalWords(one)}</option>
        ))}
      </select>
    </label>
  );
}

function Game({ state, intents }: PanelProps) {
  const { game, status, goal } = state;
  if (!game) return null;
  return (
    <fieldset className="view-game">
      <legend>Who goes next?</legend>
      <p className="view-note">Goal: {goalWords(goal)}.</p>
      <div className="view-choices">
        {game.choices.map(({ process, tid, name, line, operation }) => (
          <button
            key={process}
            type="button"
            onClick={() => intents.onPlay(process)}
            onPointerEnter={() => intents.onPoint(pointAt({ tid, line }))}
            onPointerLeave={() => intents.onPoint(null)}
          >
            <span className="view-swatch" style={{ background: hueOf(1, tid - 1) }} />
            {name}: <code>{operation}</code>
            {line > 0 && ` (line ${line})`}
          </button>
        ))}
        {game.choices.length === 0 && <p>{status}</p>}
      </div>
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
