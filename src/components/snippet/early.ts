/**
 * What a page begins at the first sign of interest in a snippet, before the code that will use it has loaded: the
 * sandbox with a worker in it, and the program that the build made. Part of the script that every page loads, so small.
 */
import { Frame } from './sandbox/frame.ts';

const texts = new Map<string, Promise<string>>();
const frames = new Map<string, Frame>();

/** A file of the site as text, fetched once. A failure is told, and the next call tries again. */
export function textAt(url: string, what: string): Promise<string> {
  let text = texts.get(url);
  if (!text) {
    text = fetch(url).then((answer) => {
      if (answer.ok) return answer.text();
      throw new Error(`${what} could not be loaded (${answer.status})`);
    });
    texts.set(url, text);
    text.catch(() => texts.delete(url));
  }
  return text;
}

/** The page's sandbox for an engine; a fresh one after one that could not be loaded. */
export function frameFor(engine: string, address: string): Frame {
  let frame = frames.get(engine);
  if (!frame?.isUsable) {
    frame = new Frame(address, textAt(engine, 'the simulated machine'));
    frames.set(engine, frame);
  }
  return frame;
}

/** Somebody is about to use this snippet. */
export function begin({ dataset: { engine = '', sandbox = '', program } }: HTMLElement): void {
  if (!frames.has(engine)) frameFor(engine, sandbox).warm();
  if (program) textAt(program, 'the program').catch(() => {});
}
