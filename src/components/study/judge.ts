/** Whether a repaired exercise counts: no schedule fails, and the program is still the one that was asked about. */

/** What the explorer said about the reader's program. */
export interface Explored {
  readonly text: string;
  /** Every schedule was covered. */
  readonly complete: boolean;
  readonly failures: number;
}

/** What a program synchronises with. An exercise that has one asks for it to be used rightly, not to be left out. */
const TOOLS = ['Mutex', 'Condition', 'Semaphore', 'Channel'] as const;

const squeezed = (text: string) => text.replace(/\s+/g, '');
const countOf = (text: string, what: RegExp) => text.match(what)?.length ?? 0;
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');

/** The lines of an exercise that say what has to hold. */
export function claims(start: string): string[] {
  return start.split('\n').filter((line) => line.trimStart().startsWith('assert('));
}

/** Null when the exercise is solved, else what is missing. `start` is the program as it was set. */
export function judge(start: string, { text, complete, failures }: Explored): string | null {
  const program = withoutComments(text);
  if (failures > 0) return 'Not yet: some schedule still fails. It is shown above.';
  if (!complete)
    return 'No failure so far, but not every schedule was covered. Make the program smaller, or let it run on.';
  const missing = claims(start).find((line) => !squeezed(program).includes(squeezed(line)));
  if (missing) return `The line \u201c${missing.trim()}\u201d has to stay as it is: it says what must hold.`;
  const fewer = (what: RegExp) => countOf(program, what) < countOf(withoutComments(start), what);
  if (fewer(/\bnew Thread\b/g)) {
    return 'All threads have to stay: with one fewer there is nothing to repair.';
  }
  const tool = TOOLS.find((name) => fewer(new RegExp(`\\bnew ${name}\\b`, 'g')));
  if (tool) return `Each ${tool} has to stay: the repair is in how it is used.`;
  if (fewer(/\bawait\b/g)) return 'Each await has to stay: the program does have to wait for something.';
  return null;
}
