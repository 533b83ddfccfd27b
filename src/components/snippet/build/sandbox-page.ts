/**
 * Built pages only. The document of the sandbox frame. It is a file of its own because a document made of text would
 * inherit the policy of the page around it, and that policy allows no code made of text.
 */
import { transformSync } from 'esbuild';
import source from '../sandbox/frame.js?raw';
import { digest } from './digest.ts';

/** Nothing may be loaded or reached from the frame; it may make scripts of its own text and workers of its own blobs. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; connect-src 'none'";

const script = transformSync(source, { minify: true }).code.trim();

const text = `<!doctype html><meta charset="utf-8"><meta name="robots" content="noindex"><title>Sandbox</title><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${script}</script>`;

/** The document and its address below the site's root. */
export const sandboxPage = { path: `programs/sandbox.${digest(text)}.html`, text } as const;
