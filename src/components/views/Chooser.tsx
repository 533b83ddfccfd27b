import { useId } from 'react';
import { comparisons, runBefore } from './comparisons.ts';
import type { ViewIntents } from './intents.ts';
import type { ViewProps } from './props.ts';

/** The choice of the machine to compare with. */
export function Chooser({
  run,
  kept,
  onKeep,
  onCompare,
}: Pick<ViewProps, 'run' | 'kept'> & Pick<ViewIntents, 'onKeep' | 'onCompare'>) {
  // Not around the list: the words of its choices would count as its name.
  const id = useId();
  const all = comparisons.flatMap(({ choices }) => choices);
  const choose = (label: string) => {
    const other = all.find((choice) => choice.label === label);
    if (other) onCompare(other);
    else onKeep(null);
  };
  return (
    <>
      <label htmlFor={id}>Compare with</label>
      <select id={id} value={kept?.label ?? ''} onChange={({ target }) => choose(target.value)}>
        <option value="">nothing</option>
        {kept && !all.some(({ label }) => label === kept.label) && <option>{kept.label}</option>}
        {comparisons.map(({ group, choices }) => (
          <optgroup key={group} label={group}>
            {choices.map(({ label }) => (
              <option key={label}>{label}</option>
            ))}
          </optgroup>
        ))}
      </select>
      {kept ? (
        <button type="button" onClick={() => onKeep(null)}>
          Stop comparing
        </button>
      ) : (
        <button type="button" onClick={() => onKeep({ run, label: runBefore })}>
          Keep this run to compare
        </button>
      )}
      {kept?.label === runBefore && kept.run === run && (
        <span className="view-note">Change the machine or the code and run again.</span>
      )}
    </>
  );
}
