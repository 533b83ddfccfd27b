import { readdirSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'esbuild';
import { findBrowser } from '../tests/browser/find-browser.ts';
import type { Table } from './table.ts';

/** Names of the benchmarks that run anywhere: one file each in `bench/portable`. */
export const portable: readonly string[] = readdirSync(new URL('portable', import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

/** The browser that the benchmarks drive. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findBrowser();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
}

/** Run one portable benchmark in Chromium, in a page of its own. */
export async function benchInChromium(name: string): Promise<readonly Table[]> {
  const bundle = await build({
    entryPoints: [new URL(`portable/${name}.ts`, import.meta.url).pathname],
    bundle: true,
    format: 'iife',
    globalName: 'benchmark',
    write: false,
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
    return await page.evaluate('benchmark.default()');
  } finally {
    await browser.close();
  }
}
