/** How the entries of an object are set: on one line, in columns, or one to a line. As Node sets them. */

/** Characters a line should not pass. */
const WIDTH = 80;
/** More levels than this are never on one line. */
const MAX_LEVELS = 3;
/** Lists of more entries than this are set in columns. */
const MIN_COLUMNS_FROM = 6;
const MAX_COLUMNS = 12;
/** Elements and entries that are shown. */
export const MAX_ITEMS = 100;
/** A character is so many times as high as it is wide: columns make a block of about the shape of a square. */
const CHARACTER_HEIGHT = 2.5;
const SEPARATOR = 2;

/** What stands around the entries of an object. */
export interface Surround {
  /** In front of the brackets, where the object has a text of its own. */
  readonly base: string;
  readonly open: string;
  readonly close: string;
}

/** The entries of an object inside its brackets. `levels` says how deep the entries go, `list` whether they are the elements of one. */
export function arrange(
  { base, open, close }: Surround,
  entries: readonly string[],
  indentation: number,
  levels: number,
  list: ArrayLike<unknown> | null,
): string {
  const head = base === '' ? open : `${base} ${open}`;
  const rows =
    list !== null && entries.length > MIN_COLUMNS_FROM ? columns(entries, indentation, list) : entries;
  if (rows === entries && levels < MAX_LEVELS) {
    const start = 2 * entries.length + indentation + open.length + base.length + 10;
    const length = entries.reduce((sum, entry) => sum + entry.length, start);
    if (length <= WIDTH && !base.includes('\n') && !entries.some((entry) => entry.includes('\n')))
      return `${head} ${entries.join(', ')} ${close}`;
  }
  const margin = `\n${' '.repeat(indentation)}`;
  return `${head}${margin}  ${rows.join(`,${margin}  `)}${margin}${close}`;
}

/** Short entries in columns of their own widths; the entries themselves where that would not look well. The last entry of a list that is cut says how many are missing. */
function columns(
  entries: readonly string[],
  indentation: number,
  list: ArrayLike<unknown>,
): readonly string[] {
  const isCut = entries.length > MAX_ITEMS;
  const count = isCut ? entries.length - 1 : entries.length;
  const lengths = entries.slice(0, count).map((entry) => entry.length);
  const longest = Math.max(...lengths);
  const total = lengths.reduce((sum, length) => sum + length + SEPARATOR, 0);
  const widest = longest + SEPARATOR;
  if (widest * 3 + indentation >= WIDTH || (total / widest <= 5 && longest > 6)) return entries;
  // Where most are shorter than the longest, more fit than its width would let.
  const typical = Math.max(widest - 3 - Math.sqrt(widest - total / entries.length), 1);
  const perRow = Math.min(
    Math.round(Math.sqrt(CHARACTER_HEIGHT * typical * count) / typical),
    Math.floor((WIDTH - indentation) / widest),
    MAX_COLUMNS,
  );
  if (perRow <= 1) return entries;
  const widths: number[] = [];
  for (let column = 0; column < perRow; column++) {
    let width = 0;
    for (let i = column; i < count; i += perRow) width = Math.max(width, lengths[i] as number);
    widths.push(width + SEPARATOR);
  }
  const toTheRight = entries.every((_, i) => typeof list[i] === 'number' || typeof list[i] === 'bigint');
  const rows: string[] = [];
  for (let i = 0; i < count; i += perRow) {
    const row = entries.slice(i, Math.min(i + perRow, count));
    const last = row.length - 1;
    const cells = row.map((entry, column) => {
      const width = widths[column] as number;
      if (toTheRight) return column < last ? `${entry}, `.padStart(width) : entry.padStart(width - SEPARATOR);
      return column < last ? `${entry}, `.padEnd(width) : entry;
    });
    rows.push(cells.join(''));
  }
  return isCut ? [...rows, entries[count] as string] : rows;
}
