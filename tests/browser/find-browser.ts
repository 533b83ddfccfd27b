import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

/**
 * The browser that the browser tests drive: the one `INTERLEAVE_CHROMIUM` names, else the one Playwright has
 * downloaded, else one on the PATH. Returns its path, or undefined where there is none.
 * Throws when `INTERLEAVE_CHROMIUM` names a file that is not there, rather than quietly testing another browser.
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env.INTERLEAVE_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`INTERLEAVE_CHROMIUM names ${named}, and there is no such file. Correct it or unset it.`);
  }
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}
