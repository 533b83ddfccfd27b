import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { type Download, expect, type Locator, type Page, test } from '@playwright/test';

async function open(page: Page): Promise<Locator> {
  await page.goto('/playground/');
  return page.getByRole('region', { name: 'Playground', exact: true });
}

const button = (snippet: Locator, name: string) => snippet.getByRole('button', { name, exact: true });
const tab = (snippet: Locator, name: string) => snippet.getByRole('tab', { name, exact: true });
const status = (snippet: Locator) => snippet.getByRole('status');

async function write(snippet: Locator, source: string): Promise<void> {
  await snippet.getByRole('textbox', { name: 'Code' }).fill(source);
}

const threads = `import { Thread, Mutex, print } from 'interleave';
const m = new Mutex();
const work = (name: string) => () => {
  m.withLock(() => {
    print(name, 'is in');
  });
};
const ann = new Thread(work('ann'), { name: 'ann' });
const ben = new Thread(work('ben'), { name: 'ben' });
ann.join();
ben.join();`;

test.describe('the queues of the event loop', () => {
  test('are shown as they are at each step, with what runs now', async ({ page }) => {
    const snippet = await open(page);
    await write(
      snippet,
      `import { print } from 'interleave';
setTimeout(function tick() { print('tick'); }, 3);
queueMicrotask(function soon() { print('soon'); });
print('main');`,
    );
    await tab(snippet, 'Threads').click();
    await button(snippet, 'Step').click();
    const view = snippet.getByRole('region', { name: 'Threads', exact: true });
    const queue = (name: string) =>
      view.locator('.view-queue', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) });
    await snippet.getByLabel('Line').fill('4');
    await button(snippet, 'Run to line').click();
    await expect(queue('Runs now')).toContainText('the program itself');
    await expect(queue('Microtasks')).toContainText('soon, line 3');
    await expect(queue('Timers')).toContainText(/tick, line 2, due at 3 ms/);
    await snippet.getByLabel('Line').fill('3');
    await button(snippet, 'Run to line').click();
    await expect(queue('Runs now')).toContainText('soon, line 3, a microtask');
    await expect(queue('Microtasks')).toContainText('none');
    await queue('Timers').getByText('tick').hover();
    await expect(snippet.locator('.snippet-marks > .hover')).toHaveCount(1);
    const { violations } = await new AxeBuilder({ page }).include('.snippet').analyze();
    expect(violations).toEqual([]);
    await button(snippet, 'Step back').click();
    await expect(queue('Microtasks')).toContainText('soon, line 3');
  });

  test('have fibers beside them, each with its state and its line', async ({ page }) => {
    const snippet = await open(page);
    await write(
      snippet,
      `import { Fiber, print } from 'interleave';
const ring = new Fiber(function ring() {
  print('one');
  Fiber.yield();
});
ring.resume();
print('back');`,
    );
    await tab(snippet, 'Threads').click();
    await button(snippet, 'Step').click();
    await snippet.getByLabel('Line').fill('3');
    await button(snippet, 'Run to line').click();
    const fiber = snippet.getByRole('table', { name: 'Fibers' }).getByRole('row', { name: /ring/ });
    await expect(fiber).toContainText('runs');
    await snippet.getByLabel('Line').fill('7');
    await button(snippet, 'Run to line').click();
    await expect(fiber).toContainText('stands at its yield');
    await expect(fiber.getByRole('cell', { name: '4', exact: true })).toBeVisible();
  });
});

test.describe('a line of output', () => {
  test('points at the line that printed it, and a press marks it in every view', async ({ page }) => {
    const snippet = await open(page);
    await write(snippet, threads);
    await button(snippet, 'Run').click();
    const printed = snippet.getByRole('log').getByText('ben is in');
    await printed.hover();
    await expect(printed).toHaveClass(/pointed/);
    await expect(snippet.getByRole('log').getByText('ann is in')).not.toHaveClass(/pointed/);
    await expect(snippet.locator('.snippet-marks > .hover')).toHaveCount(1);
    await printed.click();
    await tab(snippet, 'Timeline').click();
    await button(snippet, 'Table').click();
    const marked = snippet.locator('tr.pointed');
    await expect(marked).toHaveCount(1);
    await expect(marked).toContainText('prints ben is in');
    await tab(snippet, 'Threads').click();
    await expect(marked).toContainText('ben');
  });
});

test.describe('the timeline', () => {
  test('stands above that of the same program on another machine, on the same scale', async ({ page }) => {
    const snippet = await open(page);
    await write(
      snippet,
      `import { Thread, compute, machine, ms } from 'interleave';
machine({ cores: 1, costs: 'free' });
const jobs = [2, 3].map((need) => new Thread(() => compute(ms(need))));
for (const job of jobs) job.join();`,
    );
    await button(snippet, 'Run').click();
    await tab(snippet, 'Timeline').click();
    await snippet.getByLabel('Compare with').selectOption('2 cores');
    await expect(status(snippet)).toContainText('With 2 cores');
    await expect(snippet.getByText('This run: 5 ms')).toBeVisible();
    await expect(snippet.getByText('With 2 cores: 3 ms')).toBeVisible();
    const pictures = snippet.getByRole('region', { name: /^Timeline picture/ });
    await expect(pictures).toHaveCount(2);
    await button(snippet, 'Zoom in').click();
    await expect(snippet.getByText('1.25 ms to 3.75 ms')).toBeVisible();
    await button(snippet, 'Table').click();
    const other = snippet.getByRole('region', { name: 'Timeline as a table: With 2 cores' });
    await expect(other).toContainText('running on core 1');
    const { violations } = await new AxeBuilder({ page }).include('.snippet').analyze();
    expect(violations).toEqual([]);
    await snippet.getByLabel('Compare with').selectOption('nothing');
    await expect(snippet.getByRole('region', { name: /^Timeline as a table/ })).toHaveCount(1);
  });

  test('is measured by a drag, moved by keys where they lie, and goes to a time that is pressed', async ({
    page,
  }) => {
    const snippet = await open(page);
    await write(snippet, threads);
    await button(snippet, 'Run').click();
    await tab(snippet, 'Timeline').click();
    const picture = snippet.getByRole('region', { name: 'Timeline picture' });
    await picture.scrollIntoViewIfNeeded();
    const box = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const at = (share: number) => box.x + 112 + (box.width - 112) * share;
    await page.mouse.move(at(0.2), box.y + 40);
    await page.mouse.down();
    await page.mouse.move(at(0.6), box.y + 40, { steps: 4 });
    await page.mouse.up();
    await expect(snippet.getByText(/^Measured /)).toBeVisible();
    await page.mouse.click(at(0.5), box.y + 40);
    await expect(status(snippet)).toContainText('Event ');
    await expect(snippet.getByText(/^Measured /)).toHaveCount(0);
    const range = snippet.locator('.view-bar .view-note').first();
    const seen = [await range.textContent()];
    await picture.focus();
    for (const key of ['KeyW', 'KeyD', 'KeyA', 'KeyS']) {
      // By where the key is, whatever letter the keyboard puts there.
      await picture.dispatchEvent('keydown', { code: key, key: 'é', bubbles: true });
      await expect(range).not.toHaveText(seen.at(-1) ?? '');
      seen.push(await range.textContent());
    }
    expect(seen[1]).toBe(seen[3]);
    await page.keyboard.press('f');
    await expect(range).toHaveText(seen[0] ?? '');
  });

  test('zooms when two fingers part', async ({ browser, baseURL }) => {
    const context = await browser.newContext({
      viewport: { width: 1000, height: 900 },
      hasTouch: true,
      ...(baseURL && { baseURL }),
    });
    const page = await context.newPage();
    const snippet = await open(page);
    await button(snippet, 'Run').tap();
    await tab(snippet, 'Timeline').tap();
    const picture = snippet.getByRole('region', { name: 'Timeline picture' });
    await picture.scrollIntoViewIfNeeded();
    const box = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const range = snippet.locator('.view-bar .view-note').first();
    const before = (await range.textContent()) ?? '';
    const middle = box.x + 112 + (box.width - 112) / 2;
    const fingers = (apart: number) =>
      [middle - apart, middle + apart].map((x, id) => ({ x, y: box.y + 40, id }));
    const client = await context.newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: ReturnType<typeof fingers>) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', fingers(20));
    for (const apart of [30, 45, 60]) await touch('touchMove', fingers(apart));
    await touch('touchEnd', []);
    await expect(range).not.toHaveText(before);
    await context.close();
  });
});

test('the slider goes to any moment, by keys as well', async ({ page }) => {
  const snippet = await open(page);
  await write(snippet, threads);
  await button(snippet, 'Step').click();
  const slider = snippet.getByRole('slider', { name: 'Moment of the run' });
  const most = Number(await slider.getAttribute('max'));
  await slider.fill(String(most - 1));
  await expect(status(snippet)).toContainText(`Event ${most - 1} of ${most}.`);
  await expect(snippet.getByRole('log')).toContainText('ben is in');
  await slider.press('Home');
  await expect(status(snippet)).toHaveText('Before the first event.');
  await expect(snippet.getByRole('log').getByText('ben is in')).toBeHidden();
  await slider.press('ArrowRight');
  await expect(status(snippet)).toContainText('Event 1 of');
});

test.describe('what can be taken along', () => {
  const textOf = async (download: Download) => readFile(await download.path(), 'utf8');

  test('is a trace in the format of Perfetto, the program, and both as Markdown', async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
      ...(baseURL && { baseURL }),
    });
    const page = await context.newPage();
    const snippet = await open(page);
    await write(snippet, threads);
    await button(snippet, 'Run').click();
    await expect(status(snippet)).toContainText('Ran');
    await button(snippet, 'More').click();
    const save = async (name: string) => {
      const saved = page.waitForEvent('download');
      await button(snippet, name).click();
      return textOf(await saved);
    };
    const { traceEvents } = JSON.parse(await save('Download trace (Perfetto)')) as {
      traceEvents: Record<string, unknown>[];
    };
    expect(traceEvents.length).toBeGreaterThan(10);
    for (const event of traceEvents) {
      expect(event).toMatchObject({ name: expect.any(String), ts: expect.any(Number) });
      expect([event.pid, event.tid].every(Number.isInteger)).toBe(true);
      expect(['X', 'i', 'M']).toContain(event.ph);
      if (event.ph === 'X') expect(event.dur).toBeGreaterThanOrEqual(0);
      if (event.ph === 'i') expect(event.s).toBe('t');
    }
    expect(traceEvents).toContainEqual(
      expect.objectContaining({ name: 'print ben is in', args: { line: 5 } }),
    );
    expect(await save('Download file')).toBe(`${threads}\n`);
    await button(snippet, 'Copy as Markdown').click();
    await expect(status(snippet)).toContainText('Copied as Markdown');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`\`\`\`ts\n${threads}\n\`\`\``);
    expect(copied).toContain('ann is in\nben is in');
    await context.close();
  });
});

test('every setting of the machine can be made, and a link holds it', async ({ page }) => {
  const snippet = await open(page);
  await snippet.getByLabel('Memory (bytes)').fill('65536');
  await snippet.getByLabel('Interpreter lock').selectOption('no');
  await snippet.getByLabel('Spurious wake-ups').selectOption('yes');
  await expect(snippet.locator('.snippet-title')).toContainText(
    'machine: memory 65536, interpreter lock no, spurious wake-ups yes',
  );
  await button(snippet, 'Share').click();
  await expect(page).toHaveURL(/#snippet-playground~/);
  await page.goto('/');
  await page.goBack();
  await page.reload();
  await expect(snippet.getByLabel('Spurious wake-ups')).toHaveValue('yes');
  await expect(snippet.getByLabel('Interpreter lock')).toHaveValue('no');
  await expect(snippet.getByLabel('Memory (bytes)')).toHaveValue('65536');
});
