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

/** An import of what the bundler's chunks share: a few lines that would be a request of their own, found late. */
const sharedImport = /import\{([^{}]*)\}from"\.\/(rolldown-runtime[^"]*)";/;

/** The text of a chunk, with what it imports of the bundler's own lines written into it. */
export function withRuntime(chunk: string, runtime: string): string {
  const exported = /export\{([^{}]*)\};?\s*$/.exec(runtime);
  if (!exported) throw new Error('The bundler writes its runtime differently now: adapt few-requests.ts.');
  const lines = runtime.slice(0, exported.index);
  // `a as b` imports and exports: as names and values of an object, `a: b`.
  const names = (list = '') => list.replaceAll(' as ', ':');
  const values = (list = '') => list.replace(/([\w$]+) as ([\w$]+)/g, '$2:$1');
  return chunk.replace(
    sharedImport,
    (_, imported: string) => `var{${names(imported)}}=(()=>{${lines}return{${values(exported[1])}}})();`,
  );
}

/** One chunk for the controller, a smaller helper for imports, none for the bundler's own lines. */
export function fewRequests(): Plugin {
  return {
    name: 'few-requests',
    enforce: 'pre',
    config: () => ({
      environments: {
        client: {
          build: {
            modulePreload: { resolveDependencies: () => [] },
            rolldownOptions: { output: { codeSplitting } },
          },
        },
      },
    }),
    load(id) {
      if (id.includes('vite/preload-helper')) return helper;
    },
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const runtime = chunks.find(({ name }) => name === 'rolldown-runtime');
      if (this.environment.name !== 'client' || !runtime) return;
      for (const chunk of chunks) chunk.code = withRuntime(chunk.code, runtime.code);
      delete bundle[runtime.fileName];
    },
  };
}
