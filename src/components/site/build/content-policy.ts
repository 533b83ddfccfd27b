/**
 * A content policy in every page of the built site: scripts only from the site itself, or inline ones that the build
 * wrote, each by its hash. Styles may be inline, because Monaco writes them. Nothing is reached on any other host.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const inlineScript = /<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/g;

/** Hashes of the inline scripts of a page, as a policy names them. Blocks of data are no scripts. */
function hashesOf(html: string): string[] {
  const scripts = [...html.matchAll(inlineScript)].filter(
    ([, attributes = '']) => !/type="[^"]*json"/.test(attributes),
  );
  const hashes = scripts.map(([, , text = '']) => createHash('sha256').update(text).digest('base64'));
  return [...new Set(hashes)].map((hash) => `'sha256-${hash}'`);
}

/** The policy for a page with these inline scripts. */
export function policyFor(html: string): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...hashesOf(html)].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

/** The page with its policy, as early as a policy can stand. A page that has one keeps it. */
export function withPolicy(html: string): string {
  if (/http-equiv="content-security-policy"/i.test(html)) return html;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policyFor(html)}">`;
  return html.replace(/<head([^>]*)>/, (head) => head + meta);
}

/** For Astro: writes the policy into every page when the site has been built. */
export function contentPolicy(): AstroIntegration {
  return {
    name: 'content-policy',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const root = fileURLToPath(dir);
        for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
          if (!path.endsWith('.html')) continue;
          const file = join(root, path);
          writeFileSync(file, withPolicy(readFileSync(file, 'utf8')));
        }
      },
    },
  };
}
