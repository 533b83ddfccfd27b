/**
 * The site: Starlight for routes, sidebar data and search engines' needs; look and frame are our own (src/components/site).
 * SITE_URL and BASE_PATH choose where the book will live; the defaults serve it from the root of any host.
 */
import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import react from '@astrojs/react';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { basePath } from './src/components/site/build/base-path.ts';
import { bookScope } from './src/components/site/build/book-scope.ts';
import { chapterSlugs } from './src/components/site/build/chapters.ts';
import { contentPolicy } from './src/components/site/build/content-policy.ts';
import { fewRequests } from './src/components/site/build/few-requests.ts';
import { listedPages } from './src/components/site/build/listed-pages.ts';
import { tables } from './src/components/site/build/tables.ts';
import codeDark from './src/styles/code-dark.json' with { type: 'json' };
import codeLight from './src/styles/code-light.json' with { type: 'json' };

const base = process.env.BASE_PATH ?? '/';
const part = (name) => `./src/components/site/${name}.astro`;

export default defineConfig({
  site: process.env.SITE_URL ?? 'https://interleave.example',
  base,
  prefetch: false,
  compressHTML: true,
  build: { inlineStylesheets: 'auto' },
  markdown: {
    processor: satteri({ features: { headingAttributes: true }, hastPlugins: [basePath(base), ...tables] }),
    shikiConfig: { themes: { light: codeLight, dark: codeDark }, defaultColor: false },
  },
  integrations: [
    starlight({
      title: 'Interleave',
      disable404Route: true,
      description:
        'A textbook on processes, threads and coroutines in which every claim can be run, changed and proved on the page.',
      customCss: ['tokens', 'base', 'frame', 'prose', 'book', 'pictures', 'print'].map(
        (name) => `./src/styles/${name}.css`,
      ),
      components: {
        Banner: part('Nothing'),
        Footer: part('Footer'),
        Head: part('Head'),
        Header: part('Header'),
        Hero: part('Nothing'),
        PageFrame: part('PageFrame'),
        PageSidebar: part('Nothing'),
        PageTitle: part('PageTitle'),
        Sidebar: part('Contents'),
        ThemeProvider: part('Theme'),
        TwoColumnContent: part('Column'),
      },
      sidebar: chapterSlugs(fileURLToPath(new URL('./src/content/docs/learn/', import.meta.url))),
      expressiveCode: false,
      pagefind: false,
      credits: false,
    }),
    react(),
    contentPolicy(),
    listedPages(base),
  ],
  vite: { plugins: [bookScope(fileURLToPath(new URL('./', import.meta.url))), fewRequests()] },
});
