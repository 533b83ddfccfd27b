/** Everything may be read, except the embeds, which are parts of other pages. */
import type { APIRoute } from 'astro';
import { href } from '../components/site/href.ts';

export const GET: APIRoute = ({ site }) =>
  new Response(
    `User-agent: *\nDisallow: ${href('/embed/')}\n\nSitemap: ${new URL(href('/sitemap-index.xml'), site).href}\n`,
  );
