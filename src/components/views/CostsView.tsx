import { useMemo } from 'react';
import { billOf, countersOf } from './costs.ts';
import { formatTime, percent } from './format.ts';
import type { ViewProps } from './props.ts';

/** Where the time went: a bar and a table of the same numbers; one run can be kept beside the next. */
export function CostsView({ run, kept: keptRun, onKeep }: ViewProps) {
  const bill = useMemo(() => billOf(run.trace, run.report), [run]);
  const counters = useMemo(() => countersOf(run.report), [run]);
  const kept = useMemo(
    () => keptRun && { bill: billOf(keptRun.trace, keptRun.report), counters: countersOf(keptRun.report) },
    [keptRun],
  );
  const whole = bill.reduce((sum, { time }) => sum + time, 0);
  const before = (label: string) => kept?.bill.find((row) => row.label === label)?.time;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="view-scroll" aria-label="Costs" tabIndex={0}>
      <div className="view-bar">
        <button type="button" onClick={() => onKeep(kept ? null : run)}>
          {kept ? 'Forget the kept run' : 'Keep this run to compare'}
        </button>
        <span className="view-note">{kept && 'Change the machine or the code and run again.'}</span>
      </div>
      <div className="view-bill" aria-hidden="true">
        {bill.map(({ label, time, kind }) => (
          <span key={label} className={kind} style={{ flexGrow: whole > 0 ? time / whole : 0 }} />
        ))}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Where the time went</th>
            <th scope="col">Time</th>
            <th scope="col">Share</th>
            {kept && <th scope="col">Kept run</th>}
          </tr>
        </thead>
        <tbody>
          {bill.map(({ label, time, kind }) => (
            <tr key={label}>
              <th scope="row">
                <span className={`view-swatch ${kind}`} />
                {label}
              </th>
              <td>{formatTime(time)}</td>
              <td>{percent(time, whole)}</td>
              {kept && <td>{formatTime(before(label) ?? 0)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <thead>
          <tr>
            <th scope="col">Counted</th>
            <th scope="col">Times</th>
            {kept && <th scope="col">Kept run</th>}
          </tr>
        </thead>
        <tbody>
          {counters.map(({ label, value }, index) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value.toLocaleString('en')}</td>
              {kept && <td>{kept.counters[index]?.value.toLocaleString('en')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
