/** The longest task on a page's thread in all that a reader does with a snippet. */
import type { Page } from '@playwright/test';
import { measured } from './page-baselines.ts';
import type { Table } from './table.ts';

declare const seen: { longest: number };

/** Opens a page of the site in a browser context of its own. */
type Opener = (address: string, use: (page: Page) => Promise<number>) => Promise<number>;

const flood = "import { print } from 'interleave';\nfor (let i = 0; i < 20000; i++) print('line', i);";
const events = `import { Thread, Mutex, machine } from 'interleave';
machine({ cores: 2 });
const m = new Mutex();
let n = 0;
const work = () => { for (let i = 0; i < 200000; i++) { m.lock(); n++; m.unlock(); } };
const threads = [1, 2, 3, 4].map(() => new Thread(work));
for (const thread of threads) thread.join();`;
const search = `import { Thread, Mutex } from 'interleave';
const m = new Mutex();
let n = 0;
const work = () => { for (let i = 0; i < 5; i++) { m.lock(); n++; m.unlock(); n--; } };
const threads = [1, 2, 3, 4].map(() => new Thread(work));
for (const thread of threads) thread.join();`;

const code = (page: Page) => page.getByRole('textbox', { name: 'Code' });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const look = (page: Page, view: string) => page.getByRole('tab', { name: view }).click();

/** Run and wait until it is over. */
async function run(page: Page): Promise<void> {
  await press(page, 'Run');
  await page
    .getByRole('status')
    .filter({ hasText: /Ran|limit|Stopped/ })
    .waitFor({ timeout: 60_000 });
}

/** Something a reader does: `before` is not measured, `act` is. */
interface Deed {
  readonly what: string;
  readonly address?: string;
  before?(page: Page): Promise<unknown>;
  act(page: Page): Promise<unknown>;
}

const snippet = `/embed/${measured}/`;
const typed = (source: string) => (page: Page) => code(page).fill(source);

const deeds: readonly Deed[] = [
  { what: 'first run', act: run },
  {
    what: 'a search without end, for five seconds, then Stop',
    before: typed(search),
    async act(page) {
      await press(page, 'Explore schedules');
      await page.waitForTimeout(5_000);
      await press(page, 'Stop');
    },
  },
  {
    what: 'every view, then a step, Machine, More, Share, Reset',
    before: run,
    async act(page) {
      for (const view of ['Timeline', 'Memory', 'Threads', 'Costs', 'Schedules', 'Output']) {
        await look(page, view);
        await page.waitForTimeout(300);
      }
      for (const name of ['Step', 'Machine', 'More', 'Share', 'Reset']) await press(page, name);
    },
  },
  { what: '20,000 lines of output', before: typed(flood), act: run },
  {
    what: 'a trace of a million events: run, open the timeline, zoom, pan',
    before: typed(events),
    async act(page) {
      await run(page);
      await look(page, 'Timeline');
      await page.getByRole('button', { name: 'Zoom in' }).click({ timeout: 30_000 });
      for (const key of ['w', 'w', 'd', 'a', 's']) await page.getByLabel('Timeline picture').press(key);
    },
  },
  { what: 'opening the playground', address: '/playground/', act: async () => {} },
  {
    what: 'opening a link of 64 KB that is noise',
    address: `/playground/#snippet-playground~${'A_-9zQ'.repeat(11_000)}`,
    act: async () => {},
  },
  {
    what: 'opening Monaco and typing',
    async act(page) {
      await page.locator('.snippet-text').click();
      await page.locator('.view-line').first().waitFor();
      await page.waitForTimeout(1_000);
      await page.keyboard.type('let a = 1;');
    },
  },
];

/** Milliseconds of the longest task; 0 where none was longer than 50. */
async function longest({ before, act }: Deed, page: Page): Promise<number> {
  if (before) {
    await before(page);
    await page.waitForTimeout(800);
    await page.evaluate(() => {
      seen.longest = 0;
    });
  }
  await act(page);
  await page.waitForTimeout(1_000);
  return page.evaluate(() => seen.longest);
}

/** One row a deed: the least of three times, because whatever else the machine does only lengthens a task. */
export async function taskTable(open: Opener): Promise<Table> {
  const rows = [];
  for (const deed of deeds) {
    const times = [];
    for (let round = 0; round < 3; round++)
      times.push(await open(deed.address ?? snippet, (page) => longest(deed, page)));
    const least = Math.min(...times);
    rows.push([deed.what, least === 0 ? 'under 50' : least]);
  }
  return {
    title: 'The longest task on the page’s thread',
    note: 'Milliseconds until the page is quiet again; the least of three. Aim: none above 50.',
    columns: ['what', 'longest task'],
    rows,
  };
}
