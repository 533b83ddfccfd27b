/** What a page with snippets costs its reader, measured on the built site in Chromium against the least a page can do. */
import { existsSync } from 'node:fs';
import type { Browser, Page, Request } from '@playwright/test';
import { launchChromium } from './browser.ts';
import { baselines, many, measured } from './page-baselines.ts';
import { taskTable } from './page-tasks.ts';
import { serveSite } from './site-server.ts';
import type { Table } from './table.ts';

const folder = new URL('../dist', import.meta.url).pathname;
const rounds = 9;

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Runs in every page: when the reader pressed, when there was something to see, and the longest task since. */
function watch(): void {
  const seen = { pressed: 0, shown: 0, longest: 0 };
  Object.assign(globalThis, { seen });
  const isThere = () =>
    Boolean(
      document.querySelector('[role=log]')?.textContent || document.querySelector('.view-line')?.textContent,
    );
  const press = (event: Event) => {
    const isRun = (event.target as Element).matches('[data-do=run]');
    if (seen.pressed > 0 || isRun !== (event.type === 'click')) return;
    seen.pressed = event.timeStamp;
    seen.shown = 0;
  };
  addEventListener('click', press, true);
  addEventListener('pointerdown', press, true);
  new MutationObserver(() => {
    if (seen.pressed > 0 && seen.shown === 0 && isThere()) seen.shown = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true });
  new PerformanceObserver((tasks) => {
    for (const { duration } of tasks.getEntries()) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: 'longtask' });
}

declare const seen: { pressed: number; shown: number; longest: number };

/**
 * Press somewhere and say how many milliseconds went by until there was something to see. `hover`: how long the pointer rests
 * there before; `elsewhere`: how long before that it moved on another part of the page. Both in milliseconds.
 */
async function press(page: Page, selector: string, hover: number, elsewhere = 0): Promise<number> {
  const target = page.locator(selector).first();
  const box = await target.boundingBox();
  if (!box) throw new Error(`${selector} is not on the page`);
  await page.evaluate(() => {
    seen.pressed = 0;
  });
  if (elsewhere > 0) {
    await page.mouse.move(2, 2);
    await page.waitForTimeout(elsewhere);
  }
  await page.mouse.move(box.x + 8, box.y + 8);
  if (hover > 0) await page.waitForTimeout(hover);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForFunction(() => seen.shown > 0, null, { polling: 5 });
  return page.evaluate(() => seen.shown - seen.pressed);
}

/** A page in a browser context of its own: nothing cached, nothing warm. */
async function fresh<T>(browser: Browser, address: string, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.waitForTimeout(200);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** Two medians of several rounds, taken in turns so that both meet the same weather. */
async function compare(
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<readonly [number, number]> {
  const [first, second]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    first.push(await a());
    second.push(await b());
  }
  return [median(first), median(second)];
}

const run = '[data-do=run]';

/** Press once, let everything settle, empty the log, press again. */
const again = (browser: Browser, address: string) =>
  fresh(browser, address, async (page) => {
    await press(page, run, 0);
    await page.waitForTimeout(800);
    const reset = page.locator('[data-do=reset]');
    if ((await reset.count()) > 0) await reset.click();
    await page.evaluate(() => {
      const log = document.querySelector('[role=log]');
      if (log?.textContent) log.textContent = '';
    });
    await page.waitForTimeout(300);
    return press(page, run, 0);
  });

async function runTable(browser: Browser, root: string): Promise<Table> {
  const [bare, snippet] = [`${root}/bench/worker/`, `${root}/embed/${measured}/`];
  const cold = (address: string, hover: number, elsewhere: number) => () =>
    fresh(browser, address, (page) => press(page, run, hover, elsewhere));
  const rows: (string | number)[][] = [];
  for (const [what, a, b, aim] of [
    ['cold, pressed the moment a first pointer arrives', cold(bare, 0, 0), cold(snippet, 0, 0), '1.5'],
    ['cold, the pointer arrived 200 ms before', cold(bare, 200, 0), cold(snippet, 200, 0), '1.5'],
    [
      'cold, the mouse moved elsewhere on the page half a second before',
      cold(bare, 0, 500),
      cold(snippet, 0, 500),
      '1.5',
    ],
    ['warm', () => again(browser, bare), () => again(browser, snippet), '2 and a frame'],
  ] as const) {
    const [native, ours] = await compare(a, b);
    rows.push([what, native, ours, ours / native, aim]);
  }
  return {
    title: 'From Run to its output',
    note: 'Milliseconds from the click until the output is in the page, against a page that starts a worker and evaluates the same text natively.',
    columns: ['how', 'bare worker', 'snippet', 'ratio', 'aim'],
    rows,
  };
}

async function weigh(browser: Browser, address: string): Promise<readonly [bytes: number, elements: number]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const sizes: ReturnType<Request['sizes']>[] = [];
    page.on('requestfinished', (request) => sizes.push(request.sizes()));
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.waitForTimeout(500);
    const bytes = (await Promise.all(sizes)).reduce(
      (sum, { responseHeadersSize, responseBodySize }) => sum + responseHeadersSize + responseBodySize,
      0,
    );
    return [bytes, await page.evaluate(() => document.querySelectorAll('*').length)];
  } finally {
    await context.close();
  }
}

async function weightTable(browser: Browser, root: string): Promise<Table> {
  const [bytes, elements] = await weigh(browser, `${root}/bench/listings/`);
  const [ourBytes, ourElements] = await weigh(browser, `${root}/bench/snippets/`);
  return {
    title: `${many} snippets that nobody has touched`,
    note: 'What the page transfers (compressed, with headers) and holds, against the same listings as plain HTML. Aim: at most 10,240 bytes more.',
    columns: ['what', 'listings', 'snippets', 'difference', 'ratio'],
    rows: [
      ['bytes transferred', String(bytes), String(ourBytes), String(ourBytes - bytes), ourBytes / bytes],
      [
        'elements',
        String(elements),
        String(ourElements),
        String(ourElements - elements),
        ourElements / elements,
      ],
    ],
  };
}

async function editorTable(browser: Browser, root: string): Promise<Table> {
  const [bare, ours] = await compare(
    () => fresh(browser, `${root}/bench/editor/`, (page) => press(page, '#host', 0)),
    () => fresh(browser, `${root}/embed/${measured}/`, (page) => press(page, '.snippet-text', 0)),
  );
  return {
    title: 'From touching the code to Monaco',
    note: 'Milliseconds until the editor shows its lines, against a page that does nothing but load and open the same editor. Aim: 1.2.',
    columns: ['what', 'ms', 'ratio'],
    rows: [
      ['minimal page', bare, 1],
      ['snippet', ours, ours / bare],
    ],
  };
}

/** All the tables. @throws Error where the site has not been built. */
export async function benchPage(): Promise<readonly Table[]> {
  if (!existsSync(folder)) throw new Error('The site is not built: run `npm run build` first.');
  const { server, root } = await serveSite(folder, baselines(folder));
  const browser = await launchChromium();
  try {
    return [
      await runTable(browser, root),
      await weightTable(browser, root),
      await editorTable(browser, root),
      await taskTable((address, use) => fresh(browser, root + address, use)),
    ];
  } finally {
    await browser.close();
    server.close();
  }
}
