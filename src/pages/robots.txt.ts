/** Everything may be read. Embeds are parts of other pages and say themselves that they are not to be listed. */
import type { APIRoute } from 'astro';
import { href } from '../components/site/href.ts';

export const GET: APIRoute = ({ site }) =>
  new Response(`User-agent: *\nAllow: /\n\nSitemap: ${new URL(href('/sitemap-index.xml'), site).href}\n`);
