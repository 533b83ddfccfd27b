/**
 * For the site's bundler: what a first Run waits for comes in one file, and a dynamic import is just that. Without this
 * the page would load a helper that makes link elements, and the controller as five files, found one after the other.
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

/** One chunk for the controller, and imports without a helper. */
export function fewRequests(): Plugin {
  return {
    name: 'few-requests',
    enforce: 'pre',
    config: () => ({
      environments: { client: { build: { rolldownOptions: { output: { codeSplitting } } } } },
    }),
    load(id) {
      if (id.includes('vite/preload-helper')) return 'export const __vitePreload = (load) => load();';
    },
  };
}
