import { type Pointed, pointAt } from './pointed.ts';

/** A thread by name and colour; pressing it marks the thread in every view until it is pressed again. */
export function ThreadName({
  tid,
  name,
  hue,
  chosen,
  onChoose,
}: {
  readonly tid: number;
  readonly name: string;
  readonly hue: string | undefined;
  readonly chosen: Pointed | null;
  onChoose(chosen: Pointed | null): void;
}) {
  const isChosen = chosen?.tid === tid && chosen.event === undefined;
  return (
    <button
      type="button"
      className="view-name"
      aria-pressed={isChosen}
      title={isChosen ? 'Marked in every view' : 'Mark in every view'}
      onClick={() => onChoose(isChosen ? null : pointAt({ tid }))}
    >
      <span className="view-swatch" style={{ background: hue }} />
      {name}
    </button>
  );
}
