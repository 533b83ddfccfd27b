/** Texts and names as one would write them. */

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
  "'": "\\'",
};

/** Control characters, halves of pairs, and what is escaped anyway. */
const SPECIAL = /\p{Cc}|\p{Cs}|['\\]/gu;

/** A text in the quotation marks that need the fewest escapes. */
export function quote(text: string): string {
  const mark = markFor(text);
  const body = text.replace(SPECIAL, (c) => (c === "'" && mark !== "'" ? c : escaped(c)));
  return mark + body + mark;
}

function markFor(text: string): string {
  if (!text.includes("'")) return "'";
  if (!text.includes('"')) return '"';
  return text.includes('`') || text.includes('${') ? "'" : '`';
}

function escaped(c: string): string {
  const code = c.charCodeAt(0);
  const hex = code.toString(16);
  return ESCAPES[c] ?? (code < 256 ? `\\x${hex.toUpperCase().padStart(2, '0')}` : `\\u${hex}`);
}

/** A value that is no object. */
export function primitiveText(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A property's name in front of its value. */
export function keyText(key: string | symbol, isHidden: boolean): string {
  if (typeof key === 'symbol') return isHidden ? `[${String(key)}]` : String(key);
  if (key === '__proto__') return "['__proto__']";
  if (isHidden) return `[${key}]`;
  return /^[A-Za-z_]\w*$/.test(key) ? key : quote(key);
}
