/** Several files in one text: a line `// @filename: name.ts` begins a file. So one text, one link and one editor hold them all. */

/** A file's place in the text. */
export interface FileSpan {
  readonly name: string;
  /** Where its line `// @filename:` starts, or 0 for what stands before the first. */
  readonly start: number;
  /** Where its own text starts. */
  readonly from: number;
  readonly end: number;
}

/** The name of what stands before the first `// @filename:`. */
export const MAIN_FILE = 'main.ts';

const MARKER = /^\/\/ @filename: (\S+)[ \t]*$/gm;

/** The files of a text, in its order; one file where it names none. */
export function filesOf(source: string): FileSpan[] {
  const markers = [...source.matchAll(MARKER)];
  const spans = markers.map((marker, index): FileSpan => {
    const from = Math.min(source.length, marker.index + marker[0].length + 1);
    return {
      name: marker[1] as string,
      start: marker.index,
      from,
      end: markers[index + 1]?.index ?? source.length,
    };
  });
  const first = spans[0]?.start ?? source.length;
  const isMain = spans.length === 0 || source.slice(0, first).trim() !== '';
  return isMain ? [{ name: MAIN_FILE, start: 0, from: 0, end: first }, ...spans] : spans;
}
