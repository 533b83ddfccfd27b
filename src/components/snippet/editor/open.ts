import { tokeniseLine } from '../highlight.ts';
import type { EditorRequest, OpenEditor } from './monaco.ts';

type EditorModule = typeof import('./monaco.ts');

let module: Promise<EditorModule> | null = null;

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
  // The tokeniser makes itself ready at its first line: better now, while the editor is on its way, than when it opens.
  setTimeout(() => tokeniseLine('const ready: boolean = true;'));
  return module;
}

/** Fetch the editor and put it over the listing. `read` is asked at the last moment, so that nothing typed is lost. */
export async function openMonaco(
  url: string,
  read: () => Omit<EditorRequest, 'tokeniseLine'> | null,
): Promise<OpenEditor | null> {
  const { openEditor } = await load(url);
  const request = read();
  return request && openEditor({ ...request, tokeniseLine });
}
