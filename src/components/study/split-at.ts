/** Texts in two parts, with a line such as `---more---` between them. */

/** Cuts rendered HTML at the line `---word---`, whose dashes the typographer may have joined. */
export function splitAt(html: string, word: string): { before: string; after: string } {
  const [before = '', after = ''] = html.split(new RegExp(`<p>[-–—]+${word}[-–—]+</p>`));
  return { before: before.trim(), after: after.trim() };
}
