/** Built pages only. The engine's worker as one classic script, for the page to hand to its sandbox. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { digest } from './digest.ts';

const entryPoint = fileURLToPath(new URL('src/engine/worker.ts', `file://${process.cwd()}/`));

/** The script and its address below the site's root. */
export interface WorkerBundle {
  readonly path: string;
  readonly script: string;
}

async function bundle(): Promise<WorkerBundle> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    format: 'iife',
    target: 'es2024',
    minify: import.meta.env.PROD,
    legalComments: 'none',
    write: false,
  });
  const script = outputFiles[0]?.text ?? '';
  return { path: `programs/engine.${import.meta.env.PROD ? digest(script) : 'dev'}.js`, script };
}

let built: Promise<WorkerBundle> | null = null;

/** Made once a build; in development anew each time, so that changes to the engine show on reload. */
export function workerBundle(): Promise<WorkerBundle> {
  if (import.meta.env.DEV) return bundle();
  built ??= bundle();
  return built;
}
