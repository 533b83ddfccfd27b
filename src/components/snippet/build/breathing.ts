/**
 * Monaco's script, evaluated in portions. It is one module of several thousand parts, and a page that evaluates them in one
 * go stands still for a fifth of a second. Some of the parts end with an await: the page may do something else there.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { digest } from './digest.ts';

/** Milliseconds after which the page gets its turn. */
const portion = 12;

const breath = `
const turn = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
let since = performance.now();
export async function breath() {
  if (performance.now() - since < ${portion}) return;
  await turn();
  since = performance.now();
}`;

/** One part of four may pause, always the same ones. */
const mayPause = (path: string) => /^[0-3]/.test(digest(path.slice(path.lastIndexOf('/esm/'))));

/** For esbuild: the editor's script pauses between its parts. */
export const breathing: Plugin = {
  name: 'breathing',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^breath$/ }, ({ path }) => ({ path, namespace: 'breath' }));
    onLoad({ filter: /./, namespace: 'breath' }, () => ({ contents: breath, loader: 'js' }));
    onLoad({ filter: /monaco-editor\/esm\/.*\.js$/ }, async ({ path }) =>
      mayPause(path)
        ? { contents: `import { breath } from 'breath';\n${await readFile(path, 'utf8')}\nawait breath();` }
        : null,
    );
  },
};
