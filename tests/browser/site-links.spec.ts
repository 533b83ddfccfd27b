import { expect, test } from '@playwright/test';

/** The ids and the links of a page, from its HTML. */
function read(html: string): { ids: Set<string>; links: string[] } {
  const values = (name: string) =>
    [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => value as string);
  return { ids: new Set(values('id')), links: values('href').map((link) => link.replaceAll('&amp;', '&')) };
}

test('every link inside the book leads to a page, and to a place on it', async ({ request, baseURL }) => {
  const pages = new Map<string, ReturnType<typeof read> | null>();
  const waiting = [{ from: 'the start', path: '/' }];
  const broken: string[] = [];
  const wanted: { from: string; path: string; id: string }[] = [];

  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { from, path } = next;
    if (pages.has(path)) continue;
    const response = await request.get(path);
    if (!response.ok()) broken.push(`${from}: ${path} is answered with ${response.status()}`);
    const isPage = response.headers()['content-type']?.startsWith('text/html') ?? false;
    const page = response.ok() && isPage ? read(await response.text()) : null;
    pages.set(path, page);
    for (const link of page?.links ?? []) {
      const url = new URL(link, new URL(path, baseURL));
      if (url.origin !== new URL(baseURL ?? '').origin) continue;
      waiting.push({ from: path, path: url.pathname });
      if (url.hash)
        wanted.push({ from: path, path: url.pathname, id: decodeURIComponent(url.hash.slice(1)) });
    }
  }

  for (const { from, path, id } of wanted) {
    const page = pages.get(path);
    if (page && !page.ids.has(id)) broken.push(`${from}: ${path} has no #${id}`);
  }
  expect([...new Set(broken)]).toEqual([]);
  expect(pages.size).toBeGreaterThan(20);
});

test('no page has the same id twice', async ({ page }) => {
  for (const path of ['/', '/learn/sharing-a-kitchen/', '/learn/stuck/', '/interview/', '/sources/']) {
    await page.goto(path);
    const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  }
});
