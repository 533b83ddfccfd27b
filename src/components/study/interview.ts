/** The two parts of an interview answer. */

/** Cuts rendered HTML at the line `---more---` (which typographers' dashes may have reached first). */
export function splitAnswer(html: string): { short: string; long: string } {
  const [short = '', long = ''] = html.split(/<p>(?:---|—|–-|-–)more(?:---|—|–-|-–)<\/p>/);
  return { short: short.trim(), long: long.trim() };
}
