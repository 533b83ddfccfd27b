/**
 * Built pages only. Monaco with TypeScript, as four files of its own: the site's bundler would either lose its style
 * sheet or link it into every page. Only the libraries a snippet can use are kept.
 */
import { readFile } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';
import { breathing } from './breathing.ts';
import { digest } from './digest.ts';

/** One file of the editor: its address below the site's root, and its text. */
export interface EditorFile {
  readonly path: string;
  readonly text: string;
  readonly type: 'text/javascript' | 'text/css';
}

/** The editor's files; the first is the module to import. */
export type EditorBundle = readonly [EditorFile, ...EditorFile[]];

/** Standard library declarations without a browser: the language up to its newest edition, nothing of the host. */
const neededLibrary =
  /^lib\.(d|decorators.*|es5|es6|es20\d\d.*|esnext.*)\.ts$|^lib\.(es20\d\d|esnext)(\.[a-z.]+)?\.d\.ts$/;

/** Lines `libFileMap["lib.dom.d.ts"] = '…';` of the declarations module whose file no snippet can use, made empty. */
const withoutHostLibraries: Plugin = {
  name: 'without-host-libraries',
  setup({ onLoad }) {
    onLoad({ filter: /features\/typescript\/lib\/lib\.js$/ }, async ({ path }) => {
      const module: { libFileMap: Record<string, string> } = await import(path);
      const kept = Object.entries(module.libFileMap).filter(([name]) => neededLibrary.test(name));
      const comments = /\/\*![\s\S]*?\*\//g;
      const texts = kept.map(([name, text]) => [name, text.replace(comments, '')]);
      return {
        contents: `export const libFileMap = ${JSON.stringify(Object.fromEntries(texts))};`,
        loader: 'js',
      };
    });
  },
};

/**
 * Monaco's worker client imports every feature of the editor for its side effects; they would register after the first
 * editor exists and completions would never show (monaco-editor issue 5162). The features wanted are in `monaco.ts`.
 */
const withoutSideImports: Plugin = {
  name: 'without-side-imports',
  setup({ onLoad }) {
    onLoad({ filter: /monaco-editor\/esm\/vs\/internal\/common\/workers\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/^import '.*';$/gm, ''),
      loader: 'js',
    }));
  },
};

/** `?raw` imports, as Vite reads them. */
const rawImports: Plugin = {
  name: 'raw-imports',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: new URL(path.slice(0, -'?raw'.length), `file://${resolveDir}/`).pathname,
      namespace: 'raw',
    }));
    onLoad({ filter: /./, namespace: 'raw' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
    }));
  },
};

const minified = {
  bundle: true,
  minify: import.meta.env.PROD,
  legalComments: 'none',
  write: false,
  target: 'es2024',
  logLevel: 'error',
} as const;

async function bundleWorker(name: string, entryPoint: string): Promise<EditorFile> {
  const { outputFiles } = await build({
    ...minified,
    entryPoints: [entryPoint],
    format: 'iife',
    plugins: [withoutHostLibraries],
  });
  const text = outputFiles[0]?.text ?? '';
  return { path: `programs/${name}.${digest(text)}.js`, text, type: 'text/javascript' };
}

async function bundleEditor(): Promise<EditorBundle> {
  const workers = await Promise.all([
    bundleWorker('typescript-worker', 'monaco-editor/languages/features/typescript/ts.worker'),
    bundleWorker('editor-worker', 'monaco-editor/editor/editor.worker'),
  ]);
  const [typescriptWorker, editorWorker] = workers.map(({ path }) => path.slice('programs/'.length));
  const { outputFiles } = await build({
    ...minified,
    entryPoints: ['src/components/snippet/editor/monaco.ts'],
    format: 'esm',
    outdir: 'out',
    loader: { '.ttf': 'dataurl' },
    define: {
      TYPESCRIPT_WORKER: JSON.stringify(typescriptWorker),
      EDITOR_WORKER: JSON.stringify(editorWorker),
    },
    plugins: [rawImports, withoutSideImports, breathing],
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const [script, style] = [textOf('.js'), textOf('.css')];
  const name = `programs/monaco.${digest(script + style)}`;
  return [
    { path: `${name}.js`, text: script, type: 'text/javascript' },
    { path: `${name}.css`, text: style, type: 'text/css' },
    ...workers,
  ];
}

let built: Promise<EditorBundle> | null = null;

/** Made once a build. */
export function editorBundle(): Promise<EditorBundle> {
  built ??= bundleEditor();
  return built;
}
