/**
 * What a page begins before the code that will use it has loaded: an empty worker in the sandbox, and at the first sign
 * of interest the engine's script and the program that the build made. Part of the script that every page loads, so
 * small.
 */
import { Frame } from './sandbox/frame.ts';

const texts = new Map<string, Promise<string>>();
let frame: Frame | null = null;

/** A file of the site as text, fetched once. A failure is told, and the next call tries again. */
export function textAt(url: string): Promise<string> {
  let text = texts.get(url);
  if (!text) {
    text = fetch(url).then((answer) => {
      if (answer.ok) return answer.text();
      throw new Error(`${url} could not be loaded (${answer.status})`);
    });
    texts.set(url, text);
    text.catch(() => texts.delete(url));
  }
  return text;
}

/** The page's sandbox; a fresh one after one that could not be loaded. */
export function frameAt(address: string): Frame {
  if (!frame?.isUsable) frame = new Frame(address, textAt);
  return frame;
}

/** Start a worker that waits for a script. */
export function prepare({ dataset: { sandbox = '' } }: HTMLElement): void {
  frameAt(sandbox).spare;
}

/** Somebody is about to use this snippet: give the worker what runs its program, and fetch the program. */
export function begin({ dataset: { engine = '', compiler = '', sandbox = '', program } }: HTMLElement): void {
  frameAt(sandbox).spare.give(program ? engine : compiler);
  if (program) textAt(program).catch(() => {});
}
