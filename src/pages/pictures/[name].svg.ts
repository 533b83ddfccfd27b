/** A still picture of each snippet's run: what a printed page shows in place of the timeline. */
import { readdirSync } from 'node:fs';
import type { APIRoute } from 'astro';
import { pictureOf } from '../../components/site/build/run-snippet.ts';

export function getStaticPaths() {
  return readdirSync('src/content/snippets')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
    .flatMap((name) => {
      try {
        return [{ params: { name }, props: { svg: pictureOf(name) } }];
      } catch (error) {
        // A listing may be there to show what does not compile; it then has nothing to show of a run.
        console.warn(`[pictures] ${name}: ${error instanceof Error ? error.message : error}`);
        return [];
      }
    });
}

export const GET: APIRoute = ({ props }) =>
  new Response(props.svg, { headers: { 'content-type': 'image/svg+xml' } });
