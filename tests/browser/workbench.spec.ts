import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';

const chapter = '/learn/sharing-a-kitchen/';

async function open(page: Page, address = chapter): Promise<Locator> {
  await page.goto(address);
  return page.getByRole('region', { name: 'A lost update', exact: true });
}

const button = (snippet: Locator, name: string) => snippet.getByRole('button', { name, exact: true });
const code = (snippet: Locator) => snippet.getByRole('textbox', { name: 'Code' });

/** Replace the program and run it. */
async function run(snippet: Locator, source: string): Promise<void> {
  await code(snippet).fill(source);
  await button(snippet, 'Run').click();
}

/** Addresses of the scripts and programs that a page asks for, as it goes on. */
function scriptsOf(page: Page): readonly string[] {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script' || request.url().includes('/programs/'))
      scripts.push(request.url());
  });
  return scripts;
}

test.describe('a snippet that nobody has touched', () => {
  test('runs the compiled listing and says what happened', async ({ page }) => {
    const snippet = await open(page);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('log', { name: 'Output' })).toHaveText(/^\d+$/);
    await expect(snippet.getByRole('status')).toContainText('Ran to its end');
  });

  test('has loaded no editor, no framework and no engine, however far the reader scrolls', async ({
    page,
  }) => {
    const scripts = scriptsOf(page);
    const snippet = await open(page);
    await snippet.scrollIntoViewIfNeeded();
    await page.keyboard.press('PageDown');
    await page.waitForLoadState('networkidle');
    const needless = /monaco|engine|compiler|controller|mount|react|highlight|programs\/(?!sandbox)/;
    expect(scripts.filter((url) => needless.test(url))).toEqual([]);
  });

  test('is prepared when a mouse moves elsewhere on the page while it is in sight, and no editor with it', async ({
    page,
  }) => {
    const scripts = scriptsOf(page);
    await (await open(page)).scrollIntoViewIfNeeded();
    await page.waitForLoadState('networkidle');
    await page.mouse.move(2, 2);
    await expect.poll(() => scripts.some((url) => /programs\/engine/.test(url))).toBe(true);
    await expect.poll(() => scripts.some((url) => /controller/.test(url))).toBe(true);
    expect(scripts.filter((url) => /monaco|compiler|mount|react|highlight/.test(url))).toEqual([]);
  });

  test('gives the same output for the same machine, and another seed may give another', async ({ page }) => {
    const snippet = await open(page);
    const log = snippet.getByRole('log', { name: 'Output' });
    const seen: string[] = [];
    for (let time = 0; time < 2; time++) {
      await button(snippet, 'Run').click();
      await expect(snippet.getByRole('status')).toContainText('Ran to its end');
      seen.push((await log.textContent()) ?? '');
      await button(snippet, 'Reset').click();
      await expect(log).toHaveText('');
    }
    expect(seen[0]).toBe(seen[1]);
  });
});

test.describe('editing', () => {
  test('works by keyboard alone, and Tab is never trapped', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).focus();
    await page.keyboard.press('Enter');
    await expect(snippet.locator('.monaco-editor')).toBeVisible();
    await expect(code(snippet)).toBeFocused();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('print("typed");');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(code(snippet)).toBeFocused();
    await expect(code(snippet)).toHaveValue(/typed/);
    await page.keyboard.press('Tab');
    await expect(button(snippet, 'Run')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(snippet.getByRole('log')).toHaveText(/typed$/);
  });

  test('Monaco covers the listing without moving a line, and knows the library', async ({ page }) => {
    const snippet = await open(page);
    const before = await snippet.boundingBox();
    await code(snippet).click({ position: { x: 200, y: 120 } });
    await expect(snippet.locator('.monaco-editor')).toBeVisible();
    const after = await snippet.boundingBox();
    expect(Math.abs((after?.height ?? 0) - (before?.height ?? 0))).toBeLessThan(1);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nann.jo');
    await page.keyboard.press('Control+Space');
    await expect(page.locator('.suggest-widget')).toContainText('join', { timeout: 30_000 });
  });

  test('Monaco has the colours of the listing from its first line on, and colours what is typed', async ({
    page,
  }) => {
    const snippet = await open(page);
    const colourOf = (words: Locator) => words.first().evaluate((element) => getComputedStyle(element).color);
    const printed = await colourOf(snippet.locator('.snippet-listing i.keywords'));
    // Without the tokeniser: the colours come from the listing.
    const tokeniser = /highlight\.[^/]*\.js$/;
    await page.route(tokeniser, (route) => route.abort());
    await code(snippet).click({ position: { x: 200, y: 120 } });
    const word = (text: string) => snippet.locator('.view-line span span').filter({ hasText: text });
    await expect(word('import')).toBeVisible();
    await expect.poll(() => colourOf(word('import'))).toBe(printed);
    await page.unroute(tokeniser);
    await page.keyboard.press('Escape');
    await code(snippet).click({ position: { x: 200, y: 120 } });
    await expect(word('import')).toBeVisible();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nfunction f');
    await expect.poll(() => colourOf(word('function'))).toBe(printed);
  });

  test('an edit survives a reload, is marked, and Reset can be undone', async ({ page }) => {
    const snippet = await open(page);
    const original = await code(snippet).inputValue();
    await code(snippet).fill('// mine');
    await expect(snippet.getByText('edited', { exact: true })).toBeVisible();
    await page.reload();
    await expect(code(snippet)).toHaveValue('// mine');
    await button(snippet, 'Reset').click();
    await expect(code(snippet)).toHaveValue(original);
    await button(snippet, 'Reset').click();
    await expect(code(snippet)).toHaveValue('// mine');
  });

  test('a source that does not compile names its place and keeps the last output', async ({ page }) => {
    const snippet = await open(page);
    await run(snippet, `import { print } from 'interleave';\nprint('good');`);
    await expect(snippet.getByRole('log')).toHaveText('good');
    await run(snippet, `let a = 1;\nlet b = = 2;`);
    await expect(snippet.getByRole('status')).toContainText(/Line 2, column \d+/);
    await expect(snippet.getByRole('log')).toHaveText('good');
  });

  test('an error nobody catches names the reader’s own line', async ({ page }) => {
    const snippet = await open(page);
    await run(snippet, `// first\n\nthrow new Error('on purpose');`);
    await expect(snippet.getByRole('status')).toContainText('line 3');
    await expect(snippet.getByRole('status')).toContainText('on purpose');
  });
});

test.describe('nothing a reader types hangs the page', () => {
  test('a loop without end is stopped, and keeps what it printed', async ({ page }) => {
    const snippet = await open(page);
    await run(snippet, `import { print } from 'interleave';\nprint('before');\nwhile (true) {}`);
    await expect(snippet.getByRole('log')).toHaveText('before');
    const stop = button(snippet, 'Stop');
    if (await stop.isVisible()) await stop.click({ timeout: 2_000 }).catch(() => {});
    await expect(snippet.getByRole('status')).toContainText(/Stopped|limit/);
    await expect(snippet.getByRole('log')).toHaveText('before');
  });

  test('a step that never ends loses its worker, not the page', async ({ page }) => {
    const snippet = await open(page);
    await run(snippet, `/^(a+)+$/.test('a'.repeat(40) + '!');`);
    await button(snippet, 'Stop').click();
    await expect(snippet.getByRole('status')).toContainText('did not stop when asked');
    await run(snippet, `import { print } from 'interleave';\nprint('alive');`);
    await expect(snippet.getByRole('log')).toHaveText('alive');
  });

  test('a flood of output ends at a limit with a clear message', async ({ page }) => {
    const snippet = await open(page);
    await run(snippet, `import { print } from 'interleave';\nfor (let i = 0; i < 1e6; i++) print(i);`);
    await expect(snippet.getByRole('status')).toContainText('limit', { timeout: 30_000 });
    await expect(snippet.getByRole('log')).toContainText('999');
  });
});

test.describe('the sandbox', () => {
  test('a program reaches neither network, storage nor page', async ({ page }) => {
    const seen: string[] = [];
    page.on('request', (request) => seen.push(request.url()));
    const snippet = await open(page);
    const names = [
      'fetch',
      'localStorage',
      'indexedDB',
      'document',
      'parent',
      'postMessage',
      'Worker',
      'importScripts',
    ];
    const probes = names.map(
      (name) => `try { print('${name}', typeof ${name}); } catch (e) { print('${name}', 'refused'); }`,
    );
    await run(snippet, `import { print } from 'interleave';\n// @ts-nocheck\n${probes.join('\n')}`);
    await expect(snippet.getByRole('status')).toContainText(/Ran|Line|Failed/);
    const said = `${(await snippet.getByRole('log').locator('div > div').allTextContents()).join('\n')}${await snippet.getByRole('status').textContent()}`;
    expect(said).not.toMatch(/ (function|object)$/m);
    expect(
      seen.filter((url) => !url.startsWith(new URL(page.url()).origin) && !/^(blob|data|about):/.test(url)),
    ).toEqual([]);
  });

  test('even code that took over the frame would find every way out closed', async ({ page }) => {
    const reached: string[] = [];
    const snippet = await open(page);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('status')).toContainText('Ran');
    // A worker kept in reserve starts from a blob inside the frame; that reaches nobody.
    page.on('response', (response) => {
      if (!response.url().startsWith('blob:')) reached.push(response.url());
    });
    const refused: unknown[] = [];
    page.on('requestfailed', (request) => refused.push(request.failure()?.errorText));
    const frame = page.frames().find((candidate) => candidate !== page.mainFrame());
    const ways = await frame?.evaluate(async (root) => {
      const tries: Record<string, () => unknown> = {
        fetch: () => fetch(root),
        storage: () => localStorage.length,
        cookies: () => document.cookie,
        parent: () => parent.document.title,
        database: () =>
          new Promise((resolve, reject) => {
            const request = indexedDB.open('x');
            request.onsuccess = resolve;
            request.onerror = reject;
          }),
        module: () => import(`${root}x.js`),
        image: () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = reject;
            image.src = `${root}favicon.svg`;
          }),
      };
      const open = [];
      for (const [name, way] of Object.entries(tries)) {
        try {
          await way();
          open.push(name);
        } catch {}
      }
      return { open, origin: self.origin };
    }, new URL('/', page.url()).href);
    expect(ways).toEqual({ open: [], origin: 'null' });
    expect(reached).toEqual([]);
    expect(new Set(refused)).toEqual(new Set(['csp']));
  });

  test('one frame serves all snippets of a page, made when the page has nothing else to do', async ({
    page,
  }) => {
    const snippet = await open(page);
    const frames = page.locator('iframe');
    await expect(frames).toHaveCount(1);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('status')).toContainText('Ran');
    const another = page
      .getByRole('region')
      .filter({ has: page.getByRole('tablist') })
      .nth(3);
    await button(another, 'Run').click();
    await expect(another.getByRole('status')).not.toHaveText('');
    await expect(frames).toHaveCount(1);
    await expect(frames).toHaveAttribute('sandbox', 'allow-scripts');
  });
});

test.describe('leaving a page', () => {
  test('leaves no worker behind, whatever it is doing', async ({ page }) => {
    const snippet = await open(page);
    await run(snippet, 'for (;;);');
    await expect(snippet.getByRole('status')).toContainText('Running');
    await page.goto('/glossary/');
    await expect.poll(() => page.workers().length).toBe(0);
  });

  test('a page kept for the way back has no worker, and runs again when the reader returns', async ({
    page,
  }) => {
    const snippet = await open(page);
    const stay = (type: string) =>
      page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('status')).toContainText('Ran');
    await run(snippet, 'for (;;);');
    await expect(snippet.getByRole('status')).toContainText('Running');
    await stay('pagehide');
    await expect.poll(() => page.workers().length).toBe(0);
    await expect(snippet.getByRole('status')).toContainText('the page was left');
    await stay('pageshow');
    await expect.poll(() => page.workers().length).toBe(1);
    await run(snippet, "import { print } from 'interleave';\nprint('back');");
    await expect(snippet.getByRole('log', { name: 'Output' })).toHaveText('back');
  });
});

test.describe('views', () => {
  test('are tabs that arrow keys walk through, and each is clean for assistive technology', async ({
    page,
  }) => {
    const snippet = await open(page);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('status')).toContainText('Ran');
    await snippet.getByRole('tab', { name: 'Output' }).focus();
    for (const name of ['Timeline', 'Memory', 'Threads', 'Costs', 'Schedules']) {
      await page.keyboard.press('ArrowRight');
      await expect(snippet.getByRole('tab', { name })).toBeFocused();
      await expect(snippet.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
      await expect(snippet.locator('.snippet-views')).not.toBeEmpty();
      const { violations } = await new AxeBuilder({ page }).include('#snippet-lost-update').analyze();
      expect(violations).toEqual([]);
    }
  });

  test('the timeline has a twin in words', async ({ page }) => {
    const snippet = await open(page);
    await button(snippet, 'Run').click();
    await snippet.getByRole('tab', { name: 'Timeline' }).click();
    await button(snippet, 'Table').click();
    await expect(snippet.getByRole('table')).toContainText('running on core 0');
  });

  test('stepping goes forward and back, and says what happens', async ({ page }) => {
    const snippet = await open(page);
    await button(snippet, 'Step').click();
    const status = snippet.getByRole('status');
    await expect(status).toContainText('Event ');
    const first = (await status.textContent()) ?? '';
    await button(snippet, 'Step').click();
    await expect(status).not.toHaveText(first);
    await button(snippet, 'Step back').click();
    await expect(status).toHaveText(first);
    await button(snippet, 'Leave stepping').click();
    await expect(button(snippet, 'Step back')).toBeHidden();
  });

  test('memory is shown as it stood at the cursor, with the values that were loaded and stored', async ({
    page,
  }) => {
    const snippet = await open(page);
    await code(snippet).fill(
      `import { Thread, machine } from 'interleave';
machine({ cores: 1 });
let counter = 0;
const ann = new Thread(() => { counter = 7; }, { name: 'ann' });
ann.join();
counter = 8;`,
    );
    await button(snippet, 'Step').click();
    await snippet.getByRole('tab', { name: 'Memory' }).click();
    const memory = snippet.getByRole('region', { name: 'Memory', exact: true });
    await expect(memory).toContainText('Address space of main 1, at 0 ns');
    await snippet.getByLabel('Line').fill('4');
    for (let step = 0; step < 40; step++) {
      if ((await memory.textContent())?.includes('counter')) break;
      await button(snippet, 'Step forward').click();
    }
    await expect(memory.getByRole('row').filter({ hasText: 'counter' })).toContainText('7');
    await expect(snippet.getByRole('status')).toContainText('ann stores 7 to counter');
    await snippet.getByRole('tab', { name: 'Timeline' }).click();
    await button(snippet, 'Table').click();
    await expect(snippet.getByRole('table')).toContainText('blocked on the end of ann');
  });

  test('a thread that is marked in one view is marked in all, and the pointer over code marks what happened there', async ({
    page,
  }) => {
    const snippet = await open(page);
    await button(snippet, 'Run').click();
    await snippet.getByRole('tab', { name: 'Threads' }).click();
    await button(snippet, 'Ann').click();
    await expect(button(snippet, 'Ann')).toHaveAttribute('aria-pressed', 'true');
    const marked = snippet.locator('tr.pointed');
    await expect(marked).toHaveCount(1);
    await expect(snippet.locator('.snippet-marks > .hover')).not.toHaveCount(0);
    await snippet.getByRole('tab', { name: 'Timeline' }).click();
    await button(snippet, 'Table').click();
    await expect(marked.first()).toContainText('Ann');
    await snippet.getByRole('tab', { name: 'Threads' }).click();
    await button(snippet, 'Ann').click();
    await button(snippet, 'Run').hover();
    await expect(marked).toHaveCount(0);
    await snippet.locator('.snippet-listing code > span').nth(8).hover({ force: true });
    await expect(marked).toHaveCount(2);
  });

  test('stacks and variables can be seen at any moment, going back as well', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).fill(`import { Thread } from 'interleave';
let total = 0;
const add = (by: number) => { const before = total; total = before + by; };
const ann = new Thread(() => { for (let turn = 1; turn < 4; turn++) add(turn); }, { name: 'Ann' });
ann.join();`);
    await snippet.getByRole('tab', { name: 'Threads' }).click();
    await button(snippet, 'Step').click();
    await snippet.getByLabel('Line').fill('3');
    const status = snippet.getByRole('status');
    for (let time = 0; time < 3; time++) await button(snippet, 'Run to line').click();
    const seen = await status.textContent();
    const threads = snippet.getByRole('region', { name: 'Threads', exact: true });
    await expect(threads).toContainText('Stack of Ann');
    await expect(threads).toContainText(/add line 3.*before/);
    await expect(threads).toContainText(/program counter 0x4[0-9a-f]+, stack pointer 0x8[0-9a-f]+/);
    const words = await threads.textContent();
    await button(snippet, 'Run to line').click();
    await expect(threads).not.toHaveText(words ?? '');
    await button(snippet, 'Step back').click();
    await expect(status).toHaveText(seen ?? '');
    await expect(threads).toHaveText(words ?? '');
  });

  test('costs are held against another policy, side by side', async ({ page }) => {
    const snippet = await open(page);
    await button(snippet, 'Run').click();
    await snippet.getByRole('tab', { name: 'Costs' }).click();
    const costs = snippet.getByRole('region', { name: 'Costs', exact: true });
    await costs.getByLabel('Compare with').selectOption('policy fifo');
    await expect(costs.getByRole('columnheader', { name: 'With policy fifo' }).first()).toBeVisible();
    const switches = costs.getByRole('row', { name: /^switches between threads/ }).getByRole('cell');
    const [mine, other] = (await switches.allTextContents()).map(Number);
    expect(mine).toBeGreaterThan(other ?? Number.NaN);
    await button(snippet, 'Stop comparing').click();
    await expect(costs.getByRole('columnheader', { name: 'With policy fifo' })).toHaveCount(0);
  });

  test('page tables and frames are tables, and a deadlock leads to its cause', async ({ page }) => {
    await page.goto('/embed/opposite-order-now/');
    const snippet = page.locator('.snippet');
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('status')).toContainText('Deadlock');
    await expect(snippet.locator('.snippet-marks > [data-label*="Ann waits for"]')).toHaveCount(1);
    await button(snippet, 'Jump to the cause').click();
    await expect(snippet.getByRole('status')).toContainText('blocks on mutex');
    await snippet.getByRole('tab', { name: 'Memory' }).click();
    await snippet.locator('summary', { hasText: 'Page table of main' }).click();
    await expect(snippet.getByRole('table', { name: /^Page table of main/ })).toContainText('stack');
    await snippet.locator('summary', { hasText: 'Frames:' }).click();
    await expect(snippet.getByRole('table', { name: /^Frames of the machine/ })).toContainText('of main 1');
  });

  test('what the controls of the machine set is shown and wins', async ({ page }) => {
    const snippet = await open(page);
    await button(snippet, 'Machine').click();
    await snippet.getByLabel('Cores').fill('2');
    await snippet.getByLabel('Cores').press('Tab');
    await button(snippet, 'Run').click();
    await snippet.getByRole('tab', { name: 'Timeline' }).click();
    await button(snippet, 'Table').click();
    await expect(snippet.getByRole('table')).toContainText('core 1');
    await expect(snippet.locator('.snippet-title')).toContainText('machine: cores 2');
    await button(snippet, 'As the program asks').click();
    await expect(snippet.locator('.snippet-title')).not.toContainText('machine');
    await expect(snippet.getByLabel('Cores')).toHaveValue('');
  });
});

test.describe('exploring', () => {
  const wrong = `import { Thread, assert } from 'interleave';
let counter = 0;
const a = new Thread(() => { counter++; });
const b = new Thread(() => { counter++; });
a.join();
b.join();
assert(counter === 2, 'an update was lost');`;

  test('finds the schedule that breaks a program, and replays it step by step', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).fill(wrong);
    await button(snippet, 'Explore schedules').click();
    await expect(snippet.getByRole('status')).toContainText('way to fail', { timeout: 20_000 });
    const card = snippet.getByRole('article').filter({ hasText: 'an update was lost' });
    await expect(card).toContainText('1 preemption');
    await card.getByRole('button', { name: 'Replay this schedule' }).click();
    await expect(snippet.getByRole('status')).toContainText('Event ');
    await expect(button(snippet, 'Step back')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('#snippet-lost-update').analyze();
    expect(violations).toEqual([]);
  });

  test('proves a program that no schedule breaks', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).fill(
      wrong
        .replaceAll('counter++;', 'm.withLock(() => { counter++; });')
        .replace('let counter', 'const m = new Mutex();\nlet counter')
        .replace('Thread, assert', 'Thread, assert, Mutex'),
    );
    await button(snippet, 'Explore schedules').click();
    await expect(snippet.getByRole('status')).toContainText('No schedule fails', { timeout: 20_000 });
  });

  test('lets the reader be the scheduler, undo, and share the schedule', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).fill(wrong);
    await snippet.getByRole('tab', { name: 'Schedules' }).click();
    await button(snippet, 'You are the scheduler').click();
    const choices = snippet
      .getByRole('group', { name: 'Who goes next?' })
      .getByRole('button', { name: /counter/ });
    await expect(choices).toHaveCount(2);
    await choices.nth(0).click();
    await expect(snippet.getByText('1 decision so far')).toBeVisible();
    await button(snippet, 'Undo').click();
    await expect(snippet.getByText('0 decisions so far')).toBeVisible();
    for (const [done, next] of [0, 1, 0].entries()) {
      await choices.nth(next).click();
      await expect(snippet.getByText(`${done + 1} decision${done === 0 ? '' : 's'} so far`)).toBeVisible();
    }
    await expect(snippet.getByRole('status')).toHaveText('You made it fail: an update was lost');
    await button(snippet, 'Share').click();
    const opened = await open(await page.context().newPage(), page.url());
    await button(opened, 'Step').click();
    await expect(opened.getByRole('status')).toContainText('Event ');
  });

  test('has goals for the reader who schedules: what the explorer found can be aimed at', async ({
    page,
  }) => {
    const snippet = await open(page);
    await code(snippet).fill(
      wrong
        .replace("assert(counter === 2, 'an update was lost')", 'print(counter)')
        .replace('assert }', 'print }'),
    );
    await button(snippet, 'Explore schedules').click();
    await expect(snippet.getByRole('status')).toContainText('No schedule fails', { timeout: 20_000 });
    await snippet.getByLabel('Goal').selectOption('make it print 1');
    await button(snippet, 'You are the scheduler').click();
    const choices = snippet.locator('.view-choices').getByRole('button');
    for (const [done, next] of [0, 1, 0].entries()) {
      await choices.nth(next).click();
      await expect(snippet.getByText(new RegExp(`^${done + 1} decisions? so far`))).toBeVisible();
    }
    await expect(snippet.getByRole('status')).toHaveText('You got there. It ended well and printed 1.');
  });

  test('can be stopped, and then proves nothing', async ({ page }) => {
    const snippet = await open(page);
    await button(snippet, 'Explore schedules').click();
    await expect(snippet.getByRole('status')).toContainText('executions so far', { timeout: 20_000 });
    await button(snippet, 'Stop').click();
    await expect(snippet.getByRole('status')).toContainText('Not every schedule is covered', {
      timeout: 20_000,
    });
  });
});

test.describe('links', () => {
  test('bring back text, machine and view, and run nothing by themselves', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const snippet = await open(page);
    await code(snippet).fill(`import { print } from 'interleave';\nprint('from a link');`);
    await snippet.getByRole('tab', { name: 'Costs' }).click();
    await button(snippet, 'Share').click();
    await expect(snippet.getByRole('status')).toContainText('Link copied');
    const link = page.url();
    expect(link.length).toBeLessThan(2_000);
    const other = await context.newPage();
    await other.evaluate(() => localStorage.clear()).catch(() => {});
    const opened = await open(other, link);
    await expect(code(opened)).toHaveValue(/from a link/);
    await expect(opened.getByRole('tab', { name: 'Costs' })).toHaveAttribute('aria-selected', 'true');
    await expect(opened.getByRole('status')).toContainText('Opened from a link');
    await expect(opened.locator('.snippet-output')).toBeEmpty();
  });

  test('that are broken say so and change nothing', async ({ page }) => {
    const snippet = await open(page, `${chapter}#snippet-lost-update~1AAAA`);
    await expect(snippet.getByRole('status')).toContainText('cannot be opened');
    await expect(code(snippet)).toHaveValue(/counter/);
  });
});

test.describe('the playground', () => {
  const region = (page: Page) => page.getByRole('region', { name: 'Playground', exact: true });

  test('starts blank, opens an example or a file, and runs neither by itself', async ({ page }) => {
    await page.goto('/playground/');
    const snippet = region(page);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('log')).toHaveText('hello');
    await page.getByLabel('Start from').selectOption('lost update');
    await expect(code(snippet)).toHaveValue(/counter\+\+/);
    await expect(snippet.getByRole('log')).toHaveText('hello');
    const buffer = Buffer.from("import { print } from 'interleave';\nprint('from a file');\n");
    await page.getByLabel('or a file').setInputFiles({ name: 'mine.ts', mimeType: 'text/plain', buffer });
    await expect(snippet.getByRole('status')).toContainText('mine.ts is open');
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('log')).toHaveText('from a file');
  });

  test('holds several files: add, rename, run, remove, and a link brings all of them', async ({ page }) => {
    await page.goto('/playground/');
    const snippet = region(page);
    const files = page.getByRole('group', { name: 'Files' });
    await code(snippet).fill(
      "import { print } from 'interleave';\nimport { salt } from './part';\nprint('grams', salt);",
    );
    await files.getByLabel('Name').fill('part');
    await files.getByRole('button', { name: 'Add file' }).click();
    await expect(files.getByRole('button', { name: 'part.ts' })).toHaveAttribute('aria-pressed', 'true');
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('status')).toContainText('part.ts does not export salt');
    const text = await code(snippet).inputValue();
    await code(snippet).fill(text.replace('example = 1', 'salt = 3'));
    await files.getByLabel('Name').fill('recipe.ts');
    await files.getByRole('button', { name: 'Rename file' }).click();
    await expect(code(snippet)).toHaveValue(/from '\.\/recipe'/);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('log')).toHaveText('grams 3');
    await button(snippet, 'Share').click();
    const opened = await page.context().newPage();
    await opened.goto(page.url());
    await expect(
      opened.getByRole('group', { name: 'Files' }).getByRole('button', { name: /\.ts$/ }),
    ).toHaveText(['main.ts', 'recipe.ts']);
    await files.getByRole('button', { name: 'recipe.ts' }).click();
    await files.getByRole('button', { name: 'Remove file' }).click();
    await expect(files.getByRole('button', { name: 'Remove file' })).toBeDisabled();
    await expect(code(snippet)).not.toHaveValue(/salt = 3/);
  });

  test('opens from any snippet with its very text', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).fill('// mine');
    await button(snippet, 'More').click();
    await snippet.getByRole('link', { name: 'Open in the playground' }).click();
    await expect(code(region(page))).toHaveValue('// mine');
  });

  test('a trace can be taken along', async ({ page }) => {
    await page.goto('/playground/');
    const snippet = region(page);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('status')).toContainText('Ran');
    await button(snippet, 'More').click();
    const saved = page.waitForEvent('download');
    await button(snippet, 'Download trace (Perfetto)').click();
    expect((await saved).suggestedFilename()).toBe('playground.trace.json');
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a tap edits in the plain text box, and everything fits', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).tap();
    await page.keyboard.type('// tapped\n');
    await expect(code(snippet)).toHaveValue(/tapped/);
    await expect(snippet.locator('.monaco-editor')).toHaveCount(0);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await button(snippet, 'Run').tap();
    await snippet.getByRole('tab', { name: 'Timeline' }).tap();
    await expect(snippet.getByRole('table')).toContainText('running');
  });
});

test.describe('without storage', () => {
  test.beforeEach(({ page }) =>
    page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    }),
  );

  test('a snippet works and says that edits are not kept', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).fill('// mine');
    await expect(snippet.getByRole('status')).toContainText('does not keep edits');
  });

  test('an embed runs inside an iframe of another page', async ({ page, baseURL }) => {
    await page.route('**/elsewhere/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe width="800" height="800" src="${baseURL}/embed/lost-update/"></iframe>`,
      }),
    );
    await page.goto('/elsewhere/');
    const embed = page.frameLocator('iframe');
    await embed.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(embed.getByRole('log')).toHaveText(/^\d+$/);
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the listing can be read and no dead button is shown', async ({ page }) => {
    const snippet = await open(page);
    await expect(snippet).toContainText('counter++');
    await expect(button(snippet, 'Run')).toBeHidden();
  });
});
