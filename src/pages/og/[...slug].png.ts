/** The card of each page under /learn/, and of the book: `/og/learn/threads.png`, `/og/interleave.png`. */
import type { APIRoute } from 'astro';
import sharp from 'sharp';
import { card } from '../../components/site/card.ts';
import { bookPages, chapterNumber } from '../../components/site/chapter-list.ts';

export async function getStaticPaths() {
  const pages = (await bookPages()).map(({ id, data }) => ({
    params: { slug: id },
    props: {
      title: data.title,
      above: `Interleave${data.chapter ? ` · Chapter ${chapterNumber(data)}` : ''}`,
    },
  }));
  const book = { title: 'Interleave', above: 'Processes, threads and coroutines that run on the page' };
  return [...pages, { params: { slug: 'interleave' }, props: book }];
}

export const GET: APIRoute = async ({ props }) => {
  const png = await sharp(Buffer.from(card(props.title, props.above)))
    .png({ palette: true })
    .toBuffer();
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } });
};
