/** One table of measurements. Every row is a ratio or stands beside the baseline of the same run. */
export interface Table {
  readonly title: string;
  /** What was measured against what, and the aim. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A benchmark: plain computation that runs the same in Node and in a browser (`performance` is all it needs). */
export type Bench = () => Promise<readonly Table[]>;

/** Seconds that `body` takes: the best of `rounds`, after one round to warm up unless that is not wanted. */
export function seconds(body: () => void, rounds = 5, isWarmedUp = true): number {
  if (isWarmedUp) body();
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    body();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

/** Geometric mean. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

const cell = (value: string | number): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(3))) : value;

/** A table as Markdown. */
export function toMarkdown({ title, note, columns, rows }: Table): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = `|${columns.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`;
  return [`### ${title}`, '', note, '', line(columns), rule, ...rows.map(line), ''].join('\n');
}
