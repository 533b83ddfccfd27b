/** The names that assistive technology and checks rely on: section 3 of the contract, by roles alone. */
import { expect, type Locator, test } from '@playwright/test';

const buttons = ['Run', 'Explore schedules', 'Step', 'Reset', 'Share'];
const views = ['Output', 'Timeline', 'Memory', 'Threads', 'Costs', 'Schedules'];

async function expectWorkbench(snippet: Locator): Promise<void> {
  await expect(snippet).toHaveCount(1);
  await expect(snippet.getByRole('textbox', { name: 'Code', exact: true })).toHaveCount(1);
  for (const name of buttons) await expect(snippet.getByRole('button', { name, exact: true })).toHaveCount(1);
  await expect(snippet.getByRole('tablist', { name: 'Views' }).getByRole('tab')).toHaveText(views);
  await expect(snippet.getByRole('log', { name: 'Output' })).toHaveCount(1);
  await expect(snippet.getByRole('status')).toHaveCount(1);
}

for (const [address, title] of [
  ['/', 'A lost update'],
  ['/learn/sharing-a-kitchen/', 'A lost update'],
  ['/playground/', 'Playground'],
  ['/exercises/the-last-ticket/', 'The last ticket'],
  ['/embed/lost-update/', 'Two cooks add a thousand each to one tally.'],
] as const) {
  test(`the snippet “${title}” at ${address} has the names that are promised, before and after a run`, async ({
    page,
  }) => {
    await page.goto(address);
    const snippet = page.getByRole('region', { name: title, exact: true });
    await expectWorkbench(snippet);
    await snippet.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(snippet.getByRole('status')).not.toHaveText(/^(Running…)?$/);
    await snippet.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(snippet.getByRole('status')).toContainText('Event ');
    await expectWorkbench(snippet);
  });
}

test('the log is what the program printed, a line a line, however it is read', async ({ page }) => {
  await page.goto('/embed/event-loop-order/');
  const log = page.getByRole('log', { name: 'Output' });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Ran to its end');
  expect(await log.textContent()).toBe('1\n5\n3\n4\n2');
  await expect(log).toHaveText('1 5 3 4 2', { useInnerText: true });
  await page
    .getByRole('textbox', { name: 'Code' })
    .fill(
      "import { Mutex, pipe, print, Thread } from 'interleave';\nprint();\nprint(new Thread(() => {}), new Mutex(), pipe());",
    );
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(log).toContainText('Thread');
  expect(await log.textContent()).toBe('\nThread {} Mutex {} [ PipeReader {}, PipeWriter {} ]');
});

test('stepping shows the output of the moment, and all of it again afterwards', async ({ page }) => {
  await page.goto('/embed/event-loop-order/');
  const lines = page.getByRole('log', { name: 'Output' }).locator('div > div:visible');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Event 1 of');
  await expect(lines).toHaveCount(0);
  while ((await lines.count()) < 2) await page.getByRole('button', { name: 'Step forward' }).click();
  await expect(lines).toHaveText(['1', '5']);
  await page.getByRole('button', { name: 'Leave stepping' }).click();
  await expect(lines).toHaveCount(5);
});

test('the playground has the controls of the machine in sight, and an embed leads back to the book', async ({
  page,
}) => {
  await page.goto('/playground/');
  for (const name of ['Cores', 'Policy', 'Quantum (ns)', 'Seed', 'Costs'])
    await expect(page.getByRole('group', { name: 'Machine' }).getByLabel(name)).toBeVisible();
  await page.goto('/embed/lost-update/');
  await expect(page.getByRole('link', { name: /From Interleave/ })).toHaveAttribute('href', /\/$/);
});

for (const address of [
  '/',
  '/learn/walls/',
  '/playground/',
  '/exercises/',
  '/interview/',
  '/lab/',
  '/glossary/',
]) {
  test(`every heading of ${address} stands at an id and has a link to copy in sight`, async ({ page }) => {
    await page.goto(address);
    const without = await page.evaluate(() =>
      [...document.querySelectorAll('main :is(h1, h2, h3, h4)')]
        .filter((heading) => {
          const id = heading.closest('[id]')?.id ?? '';
          const links = document.querySelectorAll<HTMLElement>(`main a[href="#${CSS.escape(id)}"]`);
          return ![...links].some(
            (link) => /link/i.test(link.ariaLabel ?? '') || link.matches('.sl-anchor-link'),
          );
        })
        .map(({ tagName, textContent }) => `${tagName} ${textContent}`),
    );
    expect(without).toEqual([]);
  });
}
