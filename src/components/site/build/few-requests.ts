/**
 * For the site's bundler: what a first Run waits for comes in one file. Without this the controller would come as five, found
 * one after the other, and each import would first make link elements for the scripts it needs.
 */
import type { Plugin } from 'vite';

/** The snippet's controller, and with it the modules it imports: what a first Run waits for. */
const controller = /\/src\/components\/snippet\/page\.ts$/;

/** What every page with snippets has, and the bundler's way to import more. */
const start = /rolldown\/runtime|\/src\/components\/snippet\/(early|sandbox\/frame)\.ts|vite\/preload-helper/;

const codeSplitting = {
  groups: [
    { name: 'start', test: start, priority: 2 },
    { name: 'controller', test: controller, priority: 1 },
  ],
};

/** How a chunk is imported: with its style sheets, each of them once, and without preloading scripts. */
const helper = (base: string) => `
const known = new Set();
const load = (href) => new Promise((done) => {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: done, onerror: done }));
});
export const __vitePreload = (chunk, files = []) => {
  const sheets = files.filter((file) => file.endsWith('.css') && !known.has(file) && known.add(file));
  return sheets.length > 0 ? Promise.all(sheets.map((file) => load(${JSON.stringify(base)} + file))).then(chunk) : chunk();
};`;

/** One chunk for the controller, and a smaller helper for imports. */
export function fewRequests(): Plugin {
  let base = '/';
  return {
    name: 'few-requests',
    enforce: 'pre',
    config: () => ({
      environments: { client: { build: { rolldownOptions: { output: { codeSplitting } } } } },
    }),
    configResolved(config) {
      ({ base } = config);
    },
    load(id) {
      if (id.includes('vite/preload-helper')) return helper(base);
    },
  };
}
