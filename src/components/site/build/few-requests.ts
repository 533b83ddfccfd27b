/**
 * For the site's bundler: what a first Run waits for comes in one file. Without this the controller would come as five, found
 * one after the other, and each import would first make link elements for the scripts it needs.
 */
import type { Plugin } from 'vite';

/** The snippet's controller, and with it the modules it imports: what a first Run waits for. */
const controller = /\/src\/components\/snippet\/page\.ts$/;

/** What every page with snippets has, and the bundler's way to import more. */
const start = /\/src\/components\/snippet\/(early|sandbox\/frame)\.ts|vite\/preload-helper/;

const codeSplitting = {
  groups: [
    { name: 'start', test: start, priority: 2 },
    { name: 'controller', test: controller, priority: 1 },
  ],
};

/** How a chunk is imported. Style sheets need no loading here: the site links those of every chunk into its pages. */
const helper = 'export const __vitePreload = (chunk) => chunk();';

/** One chunk for the controller, and a smaller helper for imports. */
export function fewRequests(): Plugin {
  return {
    name: 'few-requests',
    enforce: 'pre',
    config: () => ({
      environments: { client: { build: { rolldownOptions: { output: { codeSplitting } } } } },
    }),
    load(id) {
      if (id.includes('vite/preload-helper')) return helper;
    },
  };
}
