/** Each chapter as Markdown, beside its page: `/learn/threads.md`. */

import { getCollection } from 'astro:content';
import { readFileSync } from 'node:fs';
import type { APIRoute } from 'astro';
import { bookPages } from '../../components/site/chapter-list.ts';
import { href } from '../../components/site/href.ts';
import { markdownCopy } from '../../components/site/markdown-copy.ts';
import { figureText } from '../../components/study/figures.ts';

export async function getStaticPaths() {
  return (await bookPages()).map((chapter) => ({
    params: { slug: chapter.id.replace(/^learn\//, '') },
    props: { chapter },
  }));
}

export const GET: APIRoute = async ({ props, site }) => {
  const { chapter } = props;
  const questions = new Map((await getCollection('interview')).map(({ id, data }) => [id, data.question]));
  const figures = new Map(
    (await getCollection('sources')).map(({ id, data }) => [id, `${figureText(data)}: ${data.source}`]),
  );
  const text = markdownCopy(
    chapter.data.title,
    chapter.body ?? '',
    new URL(href(`/${chapter.id}/`), site).href,
    {
      snippet: (name) => readFileSync(`src/content/snippets/${name}.ts`, 'utf8'),
      interview: (id) => questions.get(id) ?? null,
      source: (id) => figures.get(id) ?? null,
    },
  );
  return new Response(text, { headers: { 'content-type': 'text/markdown; charset=utf-8' } });
};
