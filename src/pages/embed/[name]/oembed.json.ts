/** A static oEmbed description of each embed, for sites that turn a link into a frame. See oembed.com. */
import { readdirSync } from 'node:fs';
import type { APIRoute } from 'astro';
import { href } from '../../../components/site/href.ts';

export function getStaticPaths() {
  return readdirSync('src/content/snippets')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ params: { name: file.replace(/\.ts$/, '') } }));
}

export const GET: APIRoute = ({ params, site }) => {
  const url = new URL(href(`/embed/${params.name}/`), site).href;
  const [width, height] = [800, 480];
  return Response.json({
    version: '1.0',
    type: 'rich',
    provider_name: 'Interleave',
    provider_url: new URL(href('/'), site).href,
    title: params.name,
    width,
    height,
    html: `<iframe src="${url}" width="${width}" height="${height}" title="${params.name}, a program that runs" loading="lazy"></iframe>`,
  });
};
