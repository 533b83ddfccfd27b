/** `console.table`: rows and columns in a frame, as Node draws it. */
import { isObject } from './builtin.ts';
import { inspect } from './inspect.ts';

const ROW_NUMBER = '(index)';
const TURN_NUMBER = '(iteration index)';
const VALUES = 'Values';

/** More properties than these are not shown in a cell. */
const MAX_CELL_KEYS = 2;

/** The table of an object's properties; null where there is nothing to make one of. Runs no accessors. */
export function tableText(data: unknown, columns?: readonly string[]): string | null {
  if (!isObject(data) || typeof data === 'function') return null;
  if (data instanceof Map) {
    const rows = [...Map.prototype.entries.call(data)].map(([key, value]) => [cell(key), cell(value)]);
    return drawn([TURN_NUMBER, 'Key', VALUES], numbered(rows));
  }
  if (data instanceof Set) {
    const rows = [...Set.prototype.values.call(data)].map((value) => [cell(value)]);
    return drawn([TURN_NUMBER, VALUES], numbered(rows));
  }
  return tableOf(data, columns);
}

const numbered = (rows: readonly string[][]): string[][] => rows.map((row, i) => [String(i), ...row]);

function tableOf(data: object, columns?: readonly string[]): string {
  const names = new Set(columns);
  const entries = Object.keys(data).map((key) => ({ key, value: property(data, key) }));
  for (const { value } of entries)
    if (columns === undefined && isRow(value)) for (const name of Object.keys(value)) names.add(name);
  const hasValues = columns === undefined && entries.some(({ value }) => !isRow(value));
  const rows = entries.map(({ key, value }) => [
    key,
    ...[...names].map((name) =>
      isRow(value) && Object.hasOwn(value, name) ? cell(property(value, name)) : '',
    ),
    ...(hasValues ? [isRow(value) ? '' : cell(value)] : []),
  ]);
  return drawn([ROW_NUMBER, ...names, ...(hasValues ? [VALUES] : [])], rows);
}

const isRow = (value: unknown): value is object => isObject(value) && typeof value !== 'function';

const property = (object: object, key: string): unknown =>
  Object.getOwnPropertyDescriptor(object, key)?.value;

function cell(value: unknown): string {
  const isLarge = isRow(value) && !Array.isArray(value) && Object.keys(value).length > MAX_CELL_KEYS;
  return inspect(value, isLarge ? -1 : 0);
}

function drawn(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)) + 2);
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const line = (cells: readonly string[]) =>
    `│${cells.map((text, i) => ` ${text}`.padEnd(widths[i] as number)).join('│')}│`;
  return [rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...rows.map(line), rule('└', '┴', '┘')].join(
    '\n',
  );
}
