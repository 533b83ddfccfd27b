import { useMemo } from 'react';
import type { FinishedRun } from '../snippet/model.ts';
import { Chooser } from './Chooser.tsx';
import { keptWords } from './comparisons.ts';
import { billOf, type CostRow, countersOf, timesOf } from './costs.ts';
import { count, formatTime, percent } from './format.ts';
import type { ViewProps } from './props.ts';
import { TableHead } from './TableHead.tsx';

/** Where the time went: a bar and tables of the same numbers; beside them those of the same program on another machine. */
export function CostsView({ run, kept, onKeep, onCompare }: ViewProps) {
  const mine = useMemo(() => sheetOf(run), [run]);
  const other = useMemo(() => kept && sheetOf(kept.run), [kept]);
  const runs = kept ? ['This run', keptWords(kept.label)] : ['This run'];
  const sheets = other ? [mine, other] : [mine];
  const longest = Math.max(...sheets.map(({ whole }) => whole));
  const labels = [...new Set(sheets.flatMap(({ bill }) => bill.map(({ label }) => label)))].sort(
    (a, b) => rank(mine, a) - rank(mine, b),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="view-scroll" aria-label="Costs" tabIndex={0}>
      <div className="view-bar">
        <Chooser {...{ run, kept, onKeep, onCompare }} />
      </div>
      {sheets.map((sheet, index) => (
        <Bar key={runs[index]} sheet={sheet} longest={longest} label={kept ? (runs[index] as string) : ''} />
      ))}
      <table>
        <caption>Where the time of {count(run.trace.cores, 'core')} went</caption>
        <TableHead columns={['On what', ...runs.flatMap((name) => [name, 'Share'])]} />
        <tbody>
          {labels.map((label) => (
            <tr key={label}>
              <th scope="row">
                <span className={`view-swatch ${kindOf(sheets, label)}`} />
                {label}
              </th>
              {sheets.map((sheet, index) => {
                const time = sheet.bill.find((row) => row.label === label)?.time ?? 0;
                return [
                  <td key={`${runs[index]} time`}>{formatTime(time)}</td>,
                  <td key={`${runs[index]} share`}>{percent(time, sheet.whole)}</td>,
                ];
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Numbers caption="How long the threads took" runs={runs} columns={sheets.map(({ times }) => times)} />
      <Numbers caption="Counted" runs={runs} columns={sheets.map(({ counters }) => counters)} />
    </section>
  );
}

/** What the view shows of one run. */
interface Sheet {
  readonly bill: readonly CostRow[];
  readonly whole: number;
  readonly times: readonly { readonly label: string; readonly text: string }[];
  readonly counters: readonly { readonly label: string; readonly text: string }[];
}

function sheetOf({ trace, report }: FinishedRun): Sheet {
  const bill = billOf(trace, report);
  return {
    bill,
    whole: bill.reduce((sum, { time }) => sum + time, 0),
    times: timesOf(report).map(({ label, time }) => ({ label, text: formatTime(time) })),
    counters: countersOf(report).map(({ label, value }) => ({ label, text: value.toLocaleString('en') })),
  };
}

/** Where a label stands in the list: as in the reader's own run, what only the other run has before what is idle. */
function rank({ bill }: Sheet, label: string): number {
  const place = bill.findIndex((row) => row.label === label);
  return place < 0 ? bill.length - 1.5 : place;
}

const kindOf = (sheets: readonly Sheet[], label: string): string =>
  sheets.flatMap(({ bill }) => bill).find((row) => row.label === label)?.kind ?? '';

/** The bill as a bar: as long as the run was, beside the other. */
function Bar({
  sheet,
  longest,
  label,
}: {
  readonly sheet: Sheet;
  readonly longest: number;
  readonly label: string;
}) {
  return (
    <div className="view-bill" aria-hidden="true">
      {label && <span className="view-bill-name">{label}</span>}
      <span
        className="view-bill-bar"
        style={{ width: `${longest > 0 ? (100 * sheet.whole) / longest : 0}%` }}
      >
        {sheet.bill.map(({ label: part, time, kind }) => (
          <i
            key={part}
            className={kind}
            title={part}
            style={{ flexGrow: sheet.whole > 0 ? time / sheet.whole : 0 }}
          />
        ))}
      </span>
    </div>
  );
}

/** A table of named numbers, a column a run. */
function Numbers({
  caption,
  runs,
  columns,
}: {
  readonly caption: string;
  readonly runs: readonly string[];
  readonly columns: readonly (readonly { readonly label: string; readonly text: string }[])[];
}) {
  return (
    <table>
      <caption>{caption}</caption>
      <TableHead columns={['What', ...runs]} />
      <tbody>
        {columns[0]?.map(({ label }, index) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {columns.map((column, place) => (
              <td key={runs[place]}>{column[index]?.text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
