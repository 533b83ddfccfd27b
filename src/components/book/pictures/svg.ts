/** Small parts of the book's drawn pictures. Sizes are those of the picture's own grid; colours are the page's tokens. */

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** `text` as it may stand in markup. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

/** A line of text; `anchor` says which of its points stands at `x`. */
export function text(
  x: number,
  y: number,
  words: string,
  { anchor = 'start', style = '' }: { anchor?: 'start' | 'middle' | 'end'; style?: string } = {},
): string {
  const look = style && ` style="${style}"`;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${look}>${escaped(words)}</text>`;
}

/** A box in outline. */
export const box = (x: number, y: number, width: number, height: number, style = ''): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="3"${style && ` style="${style}"`}/>`;

/** The whole picture: `label` says in words what it shows. */
export const picture = (width: number, height: number, label: string, parts: readonly string[]): string =>
  `<svg viewBox="0 0 ${width} ${height}" class="drawn" role="img" aria-label="${escaped(label)}">${parts.join('')}</svg>`;
