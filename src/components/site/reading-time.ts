/** How long a chapter takes, from its source. */

/** Words a minute that people read of an explanation, on a screen and with care. */
const WORDS_PER_MINUTE = 210;
/** Minutes for running a program and thinking about what it printed. */
const MINUTES_PER_SNIPPET = 1;

/** Whole minutes, at least one, to read `body` (MDX) and run its snippets once. */
export function readingMinutes(body: string): number {
  const prose = body.replace(/<\/?[A-Z][^>]*>/g, ' ').replace(/^(import|export) .*$/gm, ' ');
  const words = prose.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0;
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE + countSnippets(body) * MINUTES_PER_SNIPPET));
}

/** How many runnable snippets `body` (MDX) places. */
export function countSnippets(body: string): number {
  return body.match(/<Snippet\b/g)?.length ?? 0;
}
