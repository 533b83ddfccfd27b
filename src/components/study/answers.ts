/** The reader's answers, kept in this browser and nowhere else. A page whose storage is blocked works without memory. */

const KEY = 'answers';

/** All answers: the index of the chosen option by the question's id. */
export function readAnswers(): Record<string, number> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter((pair): pair is [string, number] => Number.isInteger(pair[1])),
    );
  } catch {
    return {};
  }
}

/** The answer to one question, null before there is one. */
export function readAnswer(id: string): number | null {
  return readAnswers()[id] ?? null;
}

/** Keeps an answer, where storage allows it. */
export function rememberAnswer(id: string, choice: number): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readAnswers(), [id]: choice }));
  } catch {
    // Blocked or full: the answer lasts as long as the page.
  }
}
