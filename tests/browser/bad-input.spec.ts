import { deflateSync } from 'node:zlib';
import { expect, type Locator, type Page, test } from '@playwright/test';

const chapter = '/embed/lost-update/';
const id = 'snippet-lost-update';

async function open(page: Page, fragment = ''): Promise<Locator> {
  await page.goto(`${chapter}${fragment}`);
  return page.locator('.snippet');
}

const button = (snippet: Locator, name: string) => snippet.getByRole('button', { name, exact: true });
const code = (snippet: Locator) => snippet.getByRole('textbox', { name: 'Code' });
const status = (snippet: Locator) => snippet.getByRole('status');
const linkOf = (parts: unknown) =>
  `#${id}~1${deflateSync(JSON.stringify(parts)).subarray(2, -4).toString('base64url')}`;

async function expectToRun(snippet: Locator): Promise<void> {
  await button(snippet, 'Run').click();
  await expect(status(snippet)).toContainText('Ran to its end');
}

test.describe('a share link', () => {
  test('that was cut off says so, and the listing is whole', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).fill(`// ${'a program of some length, '.repeat(5)}`);
    await button(snippet, 'Share').click();
    await expect(status(snippet)).toContainText(/copied|address bar/);
    const fragment = new URL(page.url()).hash;
    const other = await page.context().browser()?.newPage();
    if (!other) throw new Error('no browser');
    const opened = await open(other, fragment.slice(0, -25));
    await expect(status(opened)).toContainText('broken or cut off');
    await expectToRun(opened);
    await other.close();
  });

  test('that is huge is not read, nor one that is small and unpacks to a lot', async ({ page }) => {
    const snippet = await open(page, `#${id}~1${'A'.repeat(30_000)}`);
    await expect(status(snippet)).toContainText('too long');
    await page.goto('about:blank');
    const bomb = await open(page, linkOf([[0, 0, ' '.repeat(12_000_000), ''], [], null, null, 0]));
    await expect(status(bomb)).toContainText('too long');
    await expectToRun(bomb);
  });

  test('that asks for nonsense gets a clear answer, and nothing of it becomes part of the page', async ({
    page,
  }) => {
    const hostile = '<img src=x onerror="globalThis.hacked = 1">';
    const snippet = await open(page, linkOf([null, [1e9, { name: hostile }, -1, hostile], hostile, 1e9, 99]));
    await expect(status(snippet)).toContainText('Opened from a link');
    await button(snippet, 'Run').click();
    await expect(status(snippet)).toContainText(/cores|schedule/);
    await expect(snippet.locator('img[src=x]')).toHaveCount(0);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  });

  test('shows markup as text wherever it appears', async ({ page }) => {
    const snippet = await open(page);
    const source = `import { print, Thread } from 'interleave';
const t = new Thread(() => print('<img src=x onerror="globalThis.hacked = 1">'), { name: '<b>bold</b>' });
t.join();`;
    await code(snippet).fill(source);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('log')).toContainText('<img src=x');
    for (const view of ['Timeline', 'Threads', 'Schedules']) {
      await snippet.getByRole('tab', { name: view }).click();
    }
    await expect(snippet.locator('img[src=x], b')).toHaveCount(0);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  });
});

test.describe('what a reader has written', () => {
  const mine = `import { print } from 'interleave';\nprint('mine');`;

  test('is not lost to a link that is opened over it', async ({ page }) => {
    const snippet = await open(page);
    await code(snippet).fill(mine.replace('mine', 'linked'));
    await button(snippet, 'Share').click();
    await expect(status(snippet)).toContainText(/copied|address bar/);
    const { hash } = new URL(page.url());
    await code(snippet).fill(mine);
    await page.goto('about:blank');
    const opened = await open(page, hash);
    await expect(code(opened)).toHaveValue(/linked/);
    await expect(status(opened)).toContainText('Your own text is kept');
    await button(opened, 'Reset').click();
    await expect(code(opened)).toHaveValue(mine);
    await button(opened, 'Reset').click();
    await expect(code(opened)).toHaveValue(/counter/);
    await page.goto('about:blank');
    await open(page, hash);
    await page.goto('about:blank');
    await expect(code(await open(page))).toHaveValue(/counter/);
  });

  test('for a listing that the book has changed is not shown as if nothing were, and can be had', async ({
    page,
  }) => {
    const kept = JSON.stringify({ hash: 'of an older listing', text: mine });
    await page.addInitScript((text) => localStorage.setItem('interleave.edit.lost-update', text), kept);
    const snippet = await open(page);
    await expect(status(snippet)).toContainText('The book has changed this listing since you edited it');
    await expect(code(snippet)).toHaveValue(/counter/);
    await button(snippet, 'Reset').click();
    await expect(code(snippet)).toHaveValue(mine);
  });
});

test.describe('storage', () => {
  test('that is full keeps no edit, says so, and loses nothing on the page', async ({ page }) => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    const snippet = await open(page);
    await code(snippet).fill(`import { print } from 'interleave';\nprint('mine');`);
    await expect(status(snippet)).toContainText('does not keep edits');
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('log')).toHaveText('mine');
  });

  for (const corrupt of ['{{{', 'null', '[1,2]', '{"hash":1,"text":{}}']) {
    test(`that holds ${corrupt} is as good as empty`, async ({ page }) => {
      await page.addInitScript((text) => localStorage.setItem('interleave.edit.lost-update', text), corrupt);
      const snippet = await open(page);
      await expect(code(snippet)).toHaveValue(/counter/);
      await expectToRun(snippet);
    });
  }
});

test.describe('a worker', () => {
  test('that dies is named, what was printed stays, and the next run has another', async ({ page }) => {
    const snippet = await open(page);
    await button(snippet, 'Run').hover();
    const frame = await (await page.locator('iframe').elementHandle())?.contentFrame();
    await frame?.waitForLoadState();
    await frame?.evaluate(() => {
      const made: Worker[] = [];
      Object.assign(globalThis, {
        made,
        Worker: class extends Worker {
          constructor(url: string) {
            super(url);
            made.push(this);
          }
        },
      });
    });
    // The spare was made before; this run takes it, and the next gets one of those that are watched here.
    await expectToRun(snippet);
    await expect
      .poll(() => frame?.evaluate(() => (globalThis as unknown as { made: Worker[] }).made.length))
      .toBeGreaterThan(0);
    await code(snippet).fill(`import { print } from 'interleave';\nprint('before');\nwhile (true) {}`);
    await button(snippet, 'Run').click();
    await expect(snippet.getByRole('log')).toHaveText('before');
    await frame?.evaluate(() => {
      for (const worker of (globalThis as unknown as { made: Worker[] }).made) {
        worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
      }
    });
    await expect(status(snippet)).toContainText('The worker was lost: out of memory');
    await expect(snippet.getByRole('log')).toHaveText('before');
    await button(snippet, 'Reset').click();
    await expectToRun(snippet);
  });

  test('whose script cannot be fetched says so, and pressing Run again tries again', async ({ page }) => {
    await page.route('**/programs/engine.*', (route) => route.fulfill({ status: 503, body: '' }));
    const snippet = await open(page);
    await button(snippet, 'Run').click();
    await expect(status(snippet)).toContainText('could not be loaded (503)');
    await page.unroute('**/programs/engine.*');
    await expectToRun(snippet);
  });

  test('whose compiler cannot be fetched still runs the book’s program', async ({ page }) => {
    await page.route('**/programs/compiler.*', (route) => route.fulfill({ status: 503, body: '' }));
    const snippet = await open(page);
    await code(snippet).fill('// mine');
    await button(snippet, 'Run').click();
    await expect(status(snippet)).toContainText(/compiler\S+ could not be loaded \(503\)/);
    await button(snippet, 'Reset').click();
    await expectToRun(snippet);
  });

  test('whose sandbox cannot be fetched says so, and pressing Run again tries again', async ({ page }) => {
    await page.route('**/programs/sandbox.*', (route) => route.fulfill({ status: 503, body: '' }));
    const snippet = await open(page);
    await button(snippet, 'Run').click();
    await expect(status(snippet)).toContainText('its sandbox could not be loaded', { timeout: 10_000 });
    await page.unroute('**/programs/sandbox.*');
    await expectToRun(snippet);
  });

  test('does not outlive its page', async ({ page, browser }) => {
    const wire = await browser.newBrowserCDPSession();
    const workers = async () => {
      const { targetInfos } = await wire.send('Target.getTargets', { filter: [{}] });
      return targetInfos.filter(({ type }) => type === 'worker' || type === 'iframe').length;
    };
    const before = await workers();
    const snippet = await open(page);
    await code(snippet).fill('while (true) {}');
    await button(snippet, 'Run').click();
    await expect(status(snippet)).toHaveText('Running…');
    await expect.poll(workers).toBeGreaterThan(before);
    await page.goto('/glossary/');
    await expect.poll(workers).toBe(before);
  });
});

test.describe('the policy of a page', () => {
  for (const address of ['/', '/learn/walls/', '/playground/', chapter, '/lab/']) {
    test(`lets no foreign script into ${address}`, async ({ page }) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text());
      });
      await page.goto(address);
      expect(complaints).toEqual([]);
      const reached = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.hacked = 1';
        document.head.append(script);
        document.body.insertAdjacentHTML(
          'beforeend',
          '<button id="x" onclick="globalThis.hacked = 1">x</button>',
        );
        document.getElementById('x')?.click();
        return 'hacked' in globalThis;
      });
      expect(reached).toBe(false);
    });
  }

  test('the sandbox’s own document does nothing when it is opened by its address', async ({ page }) => {
    await page.goto(chapter);
    const address = await page.locator('.snippet').getAttribute('data-sandbox');
    await page.goto(address ?? '');
    const made = await page.evaluate(async () => {
      let workers = 0;
      Object.assign(globalThis, {
        Worker: class {
          constructor() {
            workers++;
          }
        },
      });
      const { port1, port2 } = new MessageChannel();
      postMessage('', '*', [port2]);
      port1.postMessage({ id: 1 });
      await new Promise((told) => setTimeout(told, 100));
      return workers;
    });
    expect(made).toBe(0);
  });
});
