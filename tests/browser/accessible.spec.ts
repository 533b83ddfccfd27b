import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';

const wrong = `import { Thread, assert } from 'interleave';
let counter = 0;
const a = new Thread(() => { counter++; });
const b = new Thread(() => { counter++; });
a.join();
b.join();
assert(counter === 2, 'an update was lost');`;

const button = (snippet: Locator, name: string) => snippet.getByRole('button', { name, exact: true });

/** In the dark only colours differ: there the checker looks at contrast alone. */
async function expectClean(page: Page, state: string, isDark: boolean): Promise<void> {
  const checker = new AxeBuilder({ page }).include('main');
  const { violations } = await (isDark ? checker.withRules(['color-contrast']) : checker).analyze();
  const found = violations.map((violation) => [violation.id, violation.nodes.map(({ target }) => target)]);
  expect(found, state).toEqual([]);
}

/** Everything a snippet can show, one state after another. */
async function walk(page: Page, snippet: Locator, isDark: boolean): Promise<void> {
  const expectCleanNow = (state: string) => expectClean(page, state, isDark);
  const status = snippet.getByRole('status');
  await expectCleanNow('untouched');
  await snippet.getByRole('textbox', { name: 'Code' }).fill(wrong);
  await button(snippet, 'Run').click();
  await expect(status).toContainText('Ran');
  await expectCleanNow('after a run');
  for (const view of ['Timeline', 'Memory', 'Threads', 'Costs', 'Schedules']) {
    await snippet.getByRole('tab', { name: view }).click();
    await expect(snippet.locator('.snippet-views')).not.toBeEmpty();
    await expectCleanNow(view);
  }
  await snippet.getByRole('tab', { name: 'Timeline' }).click();
  await button(snippet, 'Table').click();
  await expectCleanNow('Timeline, the other way');
  await snippet.getByRole('tab', { name: 'Costs' }).click();
  await snippet.getByLabel('Compare with').selectOption('policy fifo');
  await expect(status).toContainText('With policy fifo');
  await expectCleanNow('costs side by side');
  await snippet.getByRole('tab', { name: 'Memory' }).click();
  for (const fold of await snippet.locator('summary').all()) await fold.click();
  await expectCleanNow('page tables');
  await snippet.getByRole('tab', { name: 'Threads' }).click();
  await button(snippet, 'Step').click();
  await expect(status).toContainText('Event');
  await expect(snippet.getByText(/^Stack of/).first()).toBeVisible();
  await expectCleanNow('stepping');
  await button(snippet, 'Machine').click();
  await button(snippet, 'More').click();
  await expectCleanNow('panels');
  await button(snippet, 'Explore schedules').click();
  await expect(status).toContainText('to fail', { timeout: 30_000 });
  await expectCleanNow('explored');
  await button(snippet, 'You are the scheduler').click();
  await expect(snippet.getByRole('group', { name: 'Who goes next?' })).toBeVisible();
  await expectCleanNow('the scheduler game');
  await snippet.getByRole('textbox', { name: 'Code' }).fill('let = ;');
  await button(snippet, 'Run').click();
  await expect(status).toContainText('Line 1');
  await expectCleanNow('a program that does not compile');
}

for (const [screen, viewport] of [
  ['a desk', { width: 1280, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`on ${screen}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });
      for (const address of ['/embed/lost-update/', '/playground/']) {
        test(`every state of the widget at ${address} is clean for assistive technology`, async ({
          page,
        }) => {
          await page.goto(address);
          await walk(page, page.locator('.snippet'), colorScheme === 'dark');
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide).toBeLessThanOrEqual(viewport.width);
        });
      }
    });
  }
}
