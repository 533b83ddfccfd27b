/** Built pages only. What the sandbox's workers run, as two classic scripts: the engine, and the parser for texts. */
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
  readonly parser: WorkerScript;
}

/** Run once in each new worker: touches what most programs use. */
const warmUp = `import { Thread, Mutex, print } from 'interleave';
let n = 0;
const m = new Mutex();
const work = (by: number) => { for (let i = 0; i < 3; i++) m.withLock(() => { n += by; }); };
const threads = [1, 2].map((by) => new Thread(() => work(by)));
for (const thread of threads) thread.join();
print(n, [n], { n });`;

/** Half of the engine is the parser, and the book's own programs are compiled already. */
const parserApart: Plugin = {
  name: 'parser-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^@babel\/parser$/ }, () => ({ path: inProject('src/engine/absent-parser.ts') }));
  },
};

async function bundle(name: string, entryPoint: string, plugins: Plugin[] = []): Promise<WorkerScript> {
  const { outputFiles } = await build({
    entryPoints: [inProject(entryPoint)],
    bundle: true,
    format: 'iife',
    target: 'es2024',
    minify: import.meta.env.PROD,
    legalComments: 'none',
    write: false,
    define: { WARM_UP: JSON.stringify(compile(warmUp, { name: 'warm-up.ts' })) },
    plugins: [slimParser, ...plugins],
  });
  const script = outputFiles[0]?.text ?? '';
  return { path: `programs/${name}.${import.meta.env.PROD ? digest(script) : 'dev'}.js`, script };
}

async function bundleBoth(): Promise<WorkerBundle> {
  const [engine, parser] = await Promise.all([
    bundle('engine', 'src/engine/worker.ts', [parserApart]),
    bundle('parser', 'src/engine/parser-script.ts'),
  ]);
  return { engine, parser };
}

let built: Promise<WorkerBundle> | null = null;

/** Made once a build; in development anew each time, so that changes to the engine show on reload. */
export function workerBundle(): Promise<WorkerBundle> {
  if (import.meta.env.DEV) return bundleBoth();
  built ??= bundleBoth();
  return built;
}
