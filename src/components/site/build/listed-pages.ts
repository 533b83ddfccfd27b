/** The site map lists what search engines shall show, and no page that asks them not to (`noindex`), such as the embeds. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const entry = /<url><loc>([^<]*)<\/loc>.*?<\/url>/gs;

/** The site map `xml` without the pages that `isListed` refuses. */
export const onlyListed = (xml: string, isListed: (address: string) => boolean): string =>
  xml.replace(entry, (whole, address: string) => (isListed(address) ? whole : ''));

/** Whether a page lets search engines show it. */
export const asksToBeListed = (html: string): boolean => !/<meta name="robots" content="noindex"/.test(html);

/** For Astro: takes the unlisted pages out of the site map when the site has been built. `base` is where it lives. */
export function listedPages(base = '/'): AstroIntegration {
  return {
    name: 'listed-pages',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const root = fileURLToPath(dir);
        const file = join(root, 'sitemap-0.xml');
        if (!existsSync(file)) return;
        const isListed = (address: string) => {
          const path = new URL(address).pathname.replace(base, '/');
          const page = join(root, path, 'index.html');
          return !existsSync(page) || asksToBeListed(readFileSync(page, 'utf8'));
        };
        writeFileSync(file, onlyListed(readFileSync(file, 'utf8'), isListed));
      },
    },
  };
}
