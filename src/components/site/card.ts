/** The picture that a link to a page shows elsewhere (Open Graph): the mark, the chapter, its title. */

const WIDTH = 1200;
const HEIGHT = 630;
/** Characters that fit a line of the title. */
const LINE = 24;

/** Words in lines of at most `length` characters; a longer word stands alone. */
export function lines(text: string, length: number): string[] {
  const result: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = result.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length)
      result[result.length - 1] = `${last} ${word}`;
    else result.push(word);
  }
  return result;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (character) => escapes[character] ?? character);

/** Two threads taking turns across the width of the card. */
function turns(): string {
  const widths = [180, 120, 150, 90, 200, 110, 170, 140];
  let x = 80;
  return widths
    .map((width, index) => {
      const first = index % 2 === 0;
      const bar = `<rect x="${x}" y="${first ? 468 : 520}" width="${width - 8}" height="36" rx="4" fill="${first ? '#124a82' : '#1a7f3c'}"/>`;
      x += width;
      return x > WIDTH - 60 ? '' : bar;
    })
    .join('');
}

/** The card as SVG. `above` is the line over the title: `Chapter 8`. */
export function card(title: string, above: string): string {
  const titleLines = lines(title, LINE).slice(0, 3);
  const text = titleLines
    .map(
      (line, index) =>
        `<text x="80" y="${240 + index * 88}" font-size="76" fill="#0f0d0b">${escaped(line)}</text>`,
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="Charter, Cambria, Liberation Serif, Georgia, serif"><rect width="100%" height="100%" fill="#fbfaf7"/><text x="80" y="120" font-size="36" fill="#625d55">${escaped(above)}</text>${text}${turns()}</svg>`;
}
