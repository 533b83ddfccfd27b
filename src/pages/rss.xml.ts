/** A feed of the chapters. */
import type { APIRoute } from 'astro';
import { bookPages, numbered } from '../components/site/chapter-list.ts';
import { href } from '../components/site/href.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const xml = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

export const GET: APIRoute = async ({ site }) => {
  const address = (path: string) => xml(new URL(href(path), site).href);
  const items = (await bookPages()).map(
    ({ id, data }) => `    <item>
      <title>${xml(numbered(data))}</title>
      <link>${address(`/${id}/`)}</link>
      <guid>${address(`/${id}/`)}</guid>
      <description>${xml(data.summary ?? data.description ?? '')}</description>
    </item>`,
  );
  const feed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>Interleave</title>
    <link>${address('/')}</link>
    <atom:link href="${address('/rss.xml')}" rel="self" type="application/rss+xml" />
    <description>A textbook on processes, threads and coroutines that runs on the page.</description>
    <language>en</language>
${items.join('\n')}
  </channel>
</rss>
`;
  return new Response(feed, { headers: { 'content-type': 'application/rss+xml; charset=utf-8' } });
};
