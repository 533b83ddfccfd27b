import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const chapter = '/learn/sharing-a-kitchen/';
const pages = [
  '/',
  chapter,
  '/learn/choosing/',
  '/interview/',
  '/glossary/',
  '/sources/',
  '/exercises/',
  '/exercises/the-last-ticket/',
  '/lab/',
  '/playground/',
  '/embed/lost-update/',
];

/** Bytes of script that the page has asked for so far, by address. */
async function scripts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.js')),
  );
}

for (const path of pages) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      test(`${path} is accessible and fits, ${colorScheme}, ${width} px`, async ({ browser }) => {
        test.slow(); // A chapter with thirty snippets gives the checker much to do.
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 844 } });
        const page = await context.newPage();
        await page.goto(path);
        await page.evaluate(() => {
          for (const fold of document.querySelectorAll('details')) fold.open = true;
        });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        const checker = new AxeBuilder({ page });
        // In the dark only colours differ.
        const { violations } = await (colorScheme === 'dark'
          ? checker.withRules(['color-contrast'])
          : checker
        ).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`)).toEqual([]);
        await context.close();
      });
    }
  }
}

test('a chapter loads no framework and no editor before it is touched', async ({ page }) => {
  await page.goto(chapter, { waitUntil: 'networkidle' });
  const loaded = await scripts(page);
  let bytes = 0;
  for (const path of loaded) bytes += (await (await page.request.get(path)).body()).length;
  expect(loaded.filter((path) => /client|monaco|react|editor\./i.test(path))).toEqual([]);
  expect(bytes).toBeLessThan(12_000);
});

test('the page does not move while it loads', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(chapter, { waitUntil: 'networkidle' });
  expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
});

test('every heading with an id, question, prediction, why and snippet has a copy link that leads to it', async ({
  page,
}) => {
  await page.goto(chapter);
  const without = await page.evaluate(() =>
    [...document.querySelectorAll('main :is(h2, h3, h4)[id], .question, .predict, .why, .snippet')]
      .filter(
        ({ id }) =>
          !document.querySelector(
            `main a[href="#${CSS.escape(id)}"]:is(.copy-link, .sl-anchor-link, .snippet-link)`,
          ),
      )
      .map(({ id, tagName }) => `${tagName} ${id}`),
  );
  expect(without).toEqual([]);
});

test('a copy link copies the address of its place and says so', async ({ browser }) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(chapter);
  await page.getByRole('link', { name: 'Copy link to “The lost update”' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    new URL(`${chapter}#lost-update`, page.url()).href,
  );
  await context.close();
});

test('a link into a folded answer unfolds it', async ({ page }) => {
  await page.goto('/interview/');
  const id = await page.locator('.bank > li').nth(5).getAttribute('id');
  await page.goto(`/interview/#${id}`);
  await expect(page.locator(`#${id}`)).toBeInViewport();
});

test('the theme follows the system until the reader chooses, and the choice stays', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await context.close();
});

test('a prediction is kept, and compared with the answer', async ({ page }) => {
  await page.goto(chapter);
  const predict = page.locator('#p-lost-update');
  await predict.getByText('2000, always').click();
  await page.reload();
  await expect(predict.getByRole('radio', { name: '2000, always' })).toBeChecked();
  await predict.getByText('What happens').click();
  await expect(predict.getByText('You predicted: 2000, always. It turned out otherwise.')).toBeVisible();
});

test('search finds a section by a part of a word and leads to it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox', { name: 'Search the book' }).fill('lost upd');
  await page.getByRole('dialog').getByRole('link', { name: 'Sharing a kitchen: The lost update' }).click();
  await expect(page).toHaveURL(/\/learn\/sharing-a-kitchen\/#lost-update$/);
});

test('the question bank can be searched by words and topic, and the search can be sent to someone', async ({
  page,
}) => {
  await page.goto('/interview/');
  const all = await page.locator('.bank > li:visible').count();
  await page.getByRole('searchbox', { name: 'Search the questions' }).fill('deadlock');
  const some = await page.locator('.bank > li:visible').count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  await page.reload();
  await expect(page.locator('.bank > li:visible')).toHaveCount(some);
});

test('a chapter can be read without script', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(chapter);
  await expect(page.getByRole('heading', { level: 1, name: 'Sharing a kitchen' })).toBeVisible();
  await expect(page.locator('#p-lost-update').getByText('What happens')).toBeVisible();
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor).catch(() => null);
  expect(ground).toBe('rgb(251, 250, 247)');
  await context.close();
});

test('on paper every fold is open and no control is left', async ({ page }) => {
  await page.goto(chapter);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await page.locator('main details:not([open])').count()).toBe(0);
  await expect(page.locator('#contents')).toBeHidden();
  await expect(page.locator('.copy-link').first()).toBeHidden();
});

test('the lab measures this computer', async ({ page }) => {
  await page.goto('/lab/');
  await page.getByRole('button', { name: 'Measure this computer' }).click();
  await expect(page.getByText('Done.')).toBeVisible({ timeout: 50_000 });
  for (const cell of await page.locator('[data-experiment]').all())
    await expect(cell).toHaveText(/^[\d.]+ (ns|µs|ms)$/);
});

test('copies, feed, index and embeds for other programs are there', async ({ request }) => {
  expect(await (await request.get('/learn/sharing-a-kitchen.md')).text()).toMatch(
    /^# Sharing a kitchen\n[\s\S]*```ts\n/,
  );
  expect(await (await request.get('/rss.xml')).text()).toContain('<rss version="2.0"');
  expect(await (await request.get('/llms.txt')).text()).toMatch(/^# Interleave\n/);
  expect((await (await request.get('/embed/lost-update/oembed.json')).json()).type).toBe('rich');
  expect((await request.get('/sitemap-index.xml')).status()).toBe(200);
});

test('an exercise is solved when no schedule of the repaired program fails', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await page.goto('/exercises/the-last-ticket/');
  const snippet = page.getByRole('region', { name: 'The last ticket', exact: true });
  await snippet.getByRole('button', { name: 'Explore schedules' }).click();
  await expect(page.getByText('Not yet: some schedule still fails.')).toBeVisible({ timeout: 20_000 });

  const solution = await page
    .locator('#snippet-exercise-the-last-ticket-solution .snippet-listing')
    .textContent();
  await snippet.getByRole('textbox', { name: 'Code' }).fill(solution ?? '');
  await snippet.getByRole('button', { name: 'Explore schedules' }).click();
  await expect(page.getByText('Solved: every schedule was tried, and none fails.')).toBeVisible({
    timeout: 20_000,
  });

  await page.goto('/exercises/');
  await expect(page.locator('#the-last-ticket').getByText('solved')).toBeVisible();
  await context.close();
});
