/** Built pages only. What the sandbox's workers run, as two classic scripts: one runs, one also compiles. */
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { compile } from '../../../engine/index.ts';
import { digest } from './digest.ts';
import { slimParser } from './slim-parser.ts';

const inProject = (path: string) => fileURLToPath(new URL(path, `file://${process.cwd()}/`));

/** A script and its address below the site's root. */
export interface WorkerScript {
  readonly path: string;
  readonly script: string;
}

/** The two scripts. */
export interface WorkerBundle {
  readonly engine: WorkerScript;
  readonly compiler: WorkerScript;
}

/** Run once in each new worker: touches what most programs use. */
const warmUp = `import { Thread, Mutex, print } from 'interleave';
let n = 0;
const m = new Mutex();
const work = (by: number) => { for (let i = 0; i < 3; i++) m.withLock(() => { n += by; }); };
const threads = [1, 2].map((by) => new Thread(() => work(by)));
for (const thread of threads) thread.join();
print(n, [n], { n });`;

/** No module of the engine does anything by being imported, so the bundler may leave out those that a script does not use. */
const withoutSideEffects: Plugin = {
  name: 'without-side-effects',
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /^\.{1,2}\// }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === 'found' || !importer.includes('/src/engine/')) return null;
      const found = await find(path, { importer, resolveDir, kind, pluginData: 'found' });
      return { path: found.path, sideEffects: false };
    });
  },
};

async function bundle(name: string): Promise<WorkerScript> {
  const { outputFiles } = await build({
    entryPoints: [inProject(`src/engine/${name}-script.ts`)],
    bundle: true,
    format: 'iife',
    target: 'es2024',
    minify: import.meta.env.PROD,
    legalComments: 'none',
    write: false,
    define: { WARM_UP: JSON.stringify(compile(warmUp, { name: 'warm-up.ts' })) },
    plugins: [slimParser, withoutSideEffects],
  });
  const script = outputFiles[0]?.text ?? '';
  return { path: `programs/${name}.${import.meta.env.PROD ? digest(script) : 'dev'}.js`, script };
}

async function bundleBoth(): Promise<WorkerBundle> {
  const [engine, compiler] = await Promise.all([bundle('engine'), bundle('compiler')]);
  return { engine, compiler };
}

let built: Promise<WorkerBundle> | null = null;

/** Made once a build; in development anew each time, so that changes to the engine show on reload. */
export function workerBundle(): Promise<WorkerBundle> {
  if (import.meta.env.DEV) return bundleBoth();
  built ??= bundleBoth();
  return built;
}
