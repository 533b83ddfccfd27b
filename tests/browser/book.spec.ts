import { expect, test } from '@playwright/test';

const first = '/learn/sharing-a-kitchen/';
const second = '/learn/without-a-lock/';

test('a link to a section that has moved leads to where it is now, with what it holds', async ({ page }) => {
  await page.goto(`${first}#aba`);
  await expect(page).toHaveURL(`${second}#aba`);
  await page.goto(`${first}#snippet-aba~1x`);
  await expect(page).toHaveURL(`${second}#snippet-aba~1x`);
});

test('without script a link to a section that has moved leads to a link to it', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${first}#visibility`);
  const link = page.locator('.moved', { has: page.locator('#visibility') }).getByRole('link');
  await expect(link).toBeInViewport();
  await link.click();
  await expect(page).toHaveURL(`${second}#visibility`);
  await context.close();
});

test('on paper listings wrap, folds are open and sources are written out', async ({ page }) => {
  await page.setViewportSize({ width: 700, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  await page.goto('/learn/walls/');
  const listings = page.locator('.snippet-listing');
  expect(await listings.count()).toBeGreaterThan(5);
  const overflowing = await listings.evaluateAll((all) =>
    all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).map(({ id }) => id),
  );
  expect(overflowing).toEqual([]);
  await expect(page.locator('.why .choice-reason').first()).toBeVisible();
  await expect(page.locator('.predict .answer').first()).toBeVisible();
  await expect(page.locator('.snippet-bar').first()).toBeHidden();
  await expect(page.locator('.printed-sources li')).toHaveCount(await page.locator('button.source').count());
  await expect(page.locator('.printed-sources')).toBeVisible();
});

test('a chapter says how long it takes and what it builds on', async ({ page }) => {
  await page.goto(second);
  const facts = page.locator('.facts');
  await expect(facts).toContainText(/\d+ minutes to read/);
  await expect(facts.getByRole('link', { name: 'Sharing a kitchen' })).toBeVisible();
  await expect(page.locator('.eyebrow')).toHaveText('Chapter 8b');
});

test('the decision guide answers when all five questions have an answer, and keeps them', async ({
  page,
}) => {
  await page.goto('/learn/choosing/#decision-guide');
  const guide = page.locator('.guide');
  const advice = guide.getByRole('status');
  await expect(advice).toHaveText('5 questions to go.');
  for (const answer of [/^Our own/, /^It computes/, /^Up to some hundreds/, /^Next to nothing/]) {
    await guide.getByRole('radio', { name: answer }).check();
  }
  await expect(advice).toHaveText('One question to go.');
  await guide.getByRole('radio', { name: /interpreter lock/ }).check();
  await expect(advice).toContainText('A pool of worker processes.');
  await guide.getByRole('radio', { name: /in parallel/ }).check();
  await expect(advice).toContainText('A pool of threads.');
  await page.reload();
  await expect(advice).toContainText('A pool of threads.');
  await advice.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/learn\/when-one-falls\/#the-price-of-walls$/);
});

test('without script the decision guide is the tree', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/learn/choosing/#decision-guide');
  await expect(page.locator('.guide')).toBeHidden();
  await expect(page.getByText('It computes, and one core is not enough.')).toBeVisible();
  await context.close();
});
