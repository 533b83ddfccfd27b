/** A static oEmbed description of each embed, for sites that turn a link into a frame. See oembed.com. */
import { readdirSync } from 'node:fs';
import type { APIRoute } from 'astro';
import { href } from '../../../components/site/href.ts';
import { snippetNamed } from '../../../components/snippet/build/catalogue.ts';
import { embedCode, embedSize } from '../../../components/snippet/embed-code.ts';

export function getStaticPaths() {
  return readdirSync('src/content/snippets')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ params: { name: file.replace(/\.ts$/, '') } }));
}

export const GET: APIRoute = ({ params, site }) => {
  const url = new URL(href(`/embed/${params.name}/`), site).href;
  const title = snippetNamed(params.name ?? '').caption || (params.name ?? '');
  const { width, height } = embedSize;
  return Response.json({
    version: '1.0',
    type: 'rich',
    provider_name: 'Interleave',
    provider_url: new URL(href('/'), site).href,
    title,
    width,
    height,
    html: embedCode(url, title),
  });
};
