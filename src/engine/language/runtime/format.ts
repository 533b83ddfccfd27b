/** Values as `console.log` shows them in Node: strings as they are, everything else as one would write it. */
import { isObject } from './builtin.ts';
import { formOf } from './forms.ts';
import { inspect } from './inspect.ts';
import { ownOrInherited } from './object-names.ts';

/** One line (or more, for large objects) of output. */
export function format(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
}

/**
 * The same for `console.log`, whose first value may say where and how the others go: `%s` text, `%d` a number, `%i` and `%f` what a text begins with, `%j` `%o` `%O` a value as
 * one would write it, `%c` nothing, `%%` a percent sign.
 */
export function formatLog(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== 'string' || rest.length === 0) return format(values);
  const text = first.replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === '%%') return '%';
    return rest.length === 0 ? mark : placed(mark, rest.shift());
  });
  return [text, ...rest.map((value) => format([value]))].join(' ');
}

function placed(mark: string, value: unknown): string {
  if (mark === '%c') return '';
  if (mark === '%s') return stringOf(value);
  if (mark === '%j') return jsonOf(value);
  if (mark.toLowerCase() === '%o') return inspect(value);
  if (typeof value === 'symbol') return 'NaN';
  if (typeof value === 'bigint') return `${value}n`;
  const read = mark === '%d' ? Number : mark === '%i' ? Number.parseInt : Number.parseFloat;
  return inspect(read(value as string));
}

function jsonOf(value: unknown): string {
  try {
    return String(JSON.stringify(value));
  } catch (error) {
    // In whichever engine's words.
    if (/circular|cyclic/.test(String(error))) return '[Circular]';
    throw error;
  }
}

/** A text for `%s`: an object's own, where the reader's classes say how to make it. */
function stringOf(value: unknown): string {
  if (typeof value === 'string' || !isObject(value) || typeof value === 'function') return format([value]);
  const own = ownOrInherited(value, 'toString');
  return formOf(own) === undefined ? inspect(value, 0) : String(value);
}
