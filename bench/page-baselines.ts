import { readdirSync, readFileSync } from 'node:fs';
import type { ExtraPages } from './site-server.ts';

/** The program that the first measurement runs, as a snippet of the book and as a worker can evaluate it by itself. */
export const measured = 'generator-by-hand';

/** Snippets on the long page. */
export const many = 30;

const stylesheets = /<link rel="stylesheet"[^>]*>/g;
const scripts = /<script type="module"[^>]*><\/script>/g;

/** What colours a listing. */
const listingStyle = readFileSync(new URL('../src/components/snippet/code.css', import.meta.url), 'utf8');

const embed = (folder: string, name: string) => readFileSync(`${folder}/embed/${name}/index.html`, 'utf8');
const sectionOf = (html: string) => /<section class="snippet[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
const listingOf = (html: string) => /<pre class="snippet-listing"[\s\S]*?<\/pre>/.exec(html)?.[0] ?? '';
const page = (head: string, body: string) =>
  `<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>bench</title>${head}<body class="embed"><main>${body}</main></body></html>`;

/** The least a page can do to run a program: a worker that evaluates the text it is sent. */
function bareWorker(source: string): string {
  const code = source.replace(/^import .*$/m, '').replace(/: string/g, '');
  const script =
    'onmessage = ({ data }) => { const out = []; new Function("print", data)((...words) => out.push(words.join(" "))); postMessage(out.join("\\n")); };';
  return page(
    '',
    `<button data-do="run">Run</button><div role="log"></div><script>
const source = ${JSON.stringify(code).replaceAll('<', '\\u003c')};
const worker = URL.createObjectURL(new Blob([${JSON.stringify(script)}]));
document.querySelector('button').onclick = () => {
  const bare = new Worker(worker);
  bare.onmessage = ({ data }) => { document.querySelector('[role=log]').textContent = data; bare.terminate(); };
  bare.postMessage(source);
};</script>`,
  );
}

/** The least a page can do to open the same editor. */
function bareEditor(editor: string): string {
  return page(
    `<style>#host { height: 20rem; font: 15px/24px monospace }</style>`,
    `<div id="host"></div><script type="module">
addEventListener('pointerdown', async () => {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = ${JSON.stringify(editor.replace(/\.js$/, '.css'))};
  const styled = new Promise((loaded) => { link.onload = loaded; });
  document.head.append(link);
  const [{ openEditor }] = await Promise.all([import(${JSON.stringify(editor)}), styled]);
  const nothing = () => {};
  openEditor({ host: document.getElementById('host'), name: 'bare', text: 'let a = 1;\\n'.repeat(12), selection: [0, 0],
    font: { family: 'monospace', size: 15, lineHeight: 24 },
    printed: new Map(),
    onInput: nothing, onRun: nothing, onLeave: nothing, onCaret: nothing });
}, { once: true });</script>`,
  );
}

/** The pages that the site is measured against, made from the site as it was built. */
export function baselines(folder: string): ExtraPages {
  const names = readdirSync(`${folder}/embed`).sort().slice(0, many);
  const pages = names.map((name) => embed(folder, name));
  const [first = ''] = pages;
  const head = (first.match(stylesheets) ?? []).join('');
  const boot = (first.match(scripts) ?? []).filter((script) => script.includes('Snippet')).join('');
  const one = embed(folder, measured);
  const source = (listingOf(one).match(/<span>[\s\S]*?\n<\/span>/g) ?? [])
    .join('')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  const editor = /data-editor="([^"]*)"/.exec(one)?.[1] ?? '';
  return {
    '/bench/worker/': bareWorker(source),
    '/bench/editor/': bareEditor(editor),
    '/bench/snippets/': page(head + boot, pages.map(sectionOf).join('\n')),
    '/bench/listings/': page(
      `${head.replace(/<link[^>]*Snippet[^>]*>/, '')}<style>${listingStyle}</style>`,
      pages.map((html) => listingOf(html)).join('\n'),
    ),
  };
}
