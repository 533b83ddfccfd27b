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

/** The page is left: it may be kept for a while in case the reader comes back, but its workers need not be. */
export function leave(): void {
  frame?.close('the page was left');
}

/** Start a worker that waits for a script. */
export function prepare({ dataset: { sandbox = '' } }: HTMLElement): void {
  frameAt(sandbox).spare;
}

/** Somebody is about to use this snippet: give the worker what runs its program, and fetch the program. */
export function begin({ dataset: { engine = '', compiler = '', sandbox = '', program } }: HTMLElement): void {
  const frame = frameAt(sandbox);
  if (!frame.isResting) frame.spare.give(program ? engine : compiler);
  if (program) textAt(program).catch(() => {});
}

/** True where every byte counts: nothing is fetched on a guess then. */
export function isThrifty(): boolean {
  const { connection } = navigator as { connection?: { saveData: boolean; effectiveType: string } };
  return Boolean(connection?.saveData) || /[23]g/.test(connection?.effectiveType ?? '');
}

/** Where the reader's wish for the plain text box is kept. */
export const plainEditorKey = 'interleave.plain-editor';

/** True where a text area serves better than Monaco: touch and narrow screens, and readers who ask for it. */
export function prefersPlain(): boolean {
  if (matchMedia('(pointer: coarse), (width < 44rem)').matches) return true;
  try {
    return localStorage.getItem(plainEditorKey) !== null;
  } catch {
    return false;
  }
}

let isFetched = false;

/** The code is touched: let the browser fetch the editor while the code that opens it is on its way. */
export function fetchEditor({ dataset: { editor = '' } }: HTMLElement): void {
  if (isFetched || prefersPlain()) return;
  isFetched = true;
  const link = (rel: string, href: string, as: string) =>
    document.head.append(Object.assign(document.createElement('link'), { rel, href, as }));
  link('modulepreload', editor, 'script');
  link('preload', editor.replace(/\.js$/, '.css'), 'style');
}
