import type { Report } from '../../engine/index.ts';
import { nameOf, type Player } from './cast.ts';
import type { ViewIntents } from './intents.ts';
import { pointAt } from './pointed.ts';

/** Accesses that nothing orders, and what else the kernel warns of. Nothing where there is neither. */
export function Races({
  report: { races, warnings = [] },
  cast,
  onPoint,
}: {
  readonly report: Pick<Report, 'races' | 'warnings'>;
  readonly cast: ReadonlyMap<number, Player>;
  readonly onPoint: ViewIntents['onPoint'];
}) {
  const words = ({ tid, line, write }: Report['races'][number]['first']) =>
    `${nameOf(cast, tid)} ${write ? 'writes' : 'reads'} it at line ${line}`;
  return (
    <>
      {races.length > 0 && <p className="view-title">Data races</p>}
      {races.length > 0 && (
        <ul>
          {races.map(({ variable, first, second }) => (
            <li
              key={`${variable} ${first.tid} ${first.line} ${first.write} ${second.tid} ${second.line} ${second.write}`}
              onPointerEnter={() => onPoint(pointAt({ line: second.line }))}
              onPointerLeave={() => onPoint(null)}
            >
              <code>{variable}</code>: {words(first)}, {words(second)}, and nothing orders the two.
            </li>
          ))}
        </ul>
      )}
      {warnings.length > 0 && <p className="view-title">Warnings</p>}
      {warnings.length > 0 && (
        <ul>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </>
  );
}
