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

async function expectClean(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  const found = violations.map((violation) => [violation.id, violation.nodes.map(({ target }) => target)]);
  expect(found, state).toEqual([]);
}

/** Everything a snippet can show, one state after another. */
async function walk(page: Page, snippet: Locator): Promise<void> {
  const status = snippet.getByRole('status');
  await expectClean(page, 'untouched');
  await snippet.getByRole('textbox', { name: 'Code' }).fill(wrong);
  await button(snippet, 'Run').click();
  await expect(status).toContainText('Ran');
  await expectClean(page, 'after a run');
  for (const view of ['Timeline', 'Memory', 'Threads', 'Costs', 'Schedules']) {
    await snippet.getByRole('tab', { name: view }).click();
    await expect(snippet.locator('.snippet-views')).not.toBeEmpty();
    await expectClean(page, view);
  }
  await snippet.getByRole('tab', { name: 'Timeline' }).click();
  await button(snippet, 'Table').click();
  await expectClean(page, 'Timeline, the other way');
  await button(snippet, 'Step').click();
  await expect(status).toContainText('Event');
  await expectClean(page, 'stepping');
  await button(snippet, 'Machine').click();
  await button(snippet, 'More').click();
  await expectClean(page, 'panels');
  await button(snippet, 'Explore schedules').click();
  await expect(status).toContainText('to fail', { timeout: 30_000 });
  await expectClean(page, 'explored');
  await button(snippet, 'You are the scheduler').click();
  await expect(snippet.getByRole('group', { name: 'Who goes next?' })).toBeVisible();
  await expectClean(page, 'the scheduler game');
  await snippet.getByRole('textbox', { name: 'Code' }).fill('let = ;');
  await button(snippet, 'Run').click();
  await expect(status).toContainText('Line 1');
  await expectClean(page, 'a program that does not compile');
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
          await walk(page, page.locator('.snippet'));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide).toBeLessThanOrEqual(viewport.width);
        });
      }
    });
  }
}
