import type { EditorRequest, OpenEditor } from './monaco.ts';

type EditorModule = typeof import('./monaco.ts');

let module: Promise<EditorModule> | null = null;
let isColoured = false;

/** The editor's module and its style sheet, fetched once a page. */
function load(url: string): Promise<EditorModule> {
  module ??= Promise.all([
    import(/* @vite-ignore */ new URL(url, location.href).href) as Promise<EditorModule>,
    new Promise((resolve, reject) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = url.replace(/\.js$/, '.css');
      link.onload = resolve;
      link.onerror = reject;
      document.head.append(link);
    }),
  ]).then(([loaded]) => loaded);
  module.catch(() => {
    module = null;
  });
  return module;
}

/**
 * The editor opens in the colours that the listing has. The tokeniser takes some tenths of a second to make itself ready, so it
 * comes when the lines are there and nothing else is to be done.
 */
function colourSoon({ colourBy }: EditorModule): void {
  if (isColoured) return;
  isColoured = true;
  const soon = globalThis.requestIdleCallback ?? setTimeout;
  const colour = async () => {
    try {
      const { ready, tokeniseLine } = await import('../highlight.ts');
      await ready();
      colourBy(tokeniseLine);
    } catch {
      // Without the network the lines keep the colours they have; the next editor tries again.
      isColoured = false;
    }
  };
  requestAnimationFrame(() => soon(colour));
}

/** Fetch the editor and put it over the listing. `read` is asked at the last moment, so that nothing typed is lost. */
export async function openMonaco(url: string, read: () => EditorRequest | null): Promise<OpenEditor | null> {
  const editor = await load(url);
  const request = read();
  if (!request) return null;
  colourSoon(editor);
  return editor.openEditor(request);
}
