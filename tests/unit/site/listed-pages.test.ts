import { expect, test } from 'vitest';
import { asksToBeListed, onlyListed } from '../../../src/components/site/build/listed-pages.ts';

test('the site map keeps what is listed and drops the rest', () => {
  const url = (path: string) => `<url><loc>https://x.example${path}</loc></url>`;
  const xml = `<urlset>${url('/learn/')}${url('/embed/a/')}${url('/lab/')}</urlset>`;
  expect(onlyListed(xml, (address) => !address.includes('/embed/'))).toBe(
    `<urlset>${url('/learn/')}${url('/lab/')}</urlset>`,
  );
});

test('a page is listed unless it asks not to be', () => {
  expect(asksToBeListed('<head><title>a</title></head>')).toBe(true);
  expect(asksToBeListed('<head><meta name="robots" content="noindex"></head>')).toBe(false);
});
