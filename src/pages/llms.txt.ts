/** What language models are told to read instead of the pages: the chapters as Markdown. See llmstxt.org. */
import type { APIRoute } from 'astro';
import { bookPages, numbered } from '../components/site/chapter-list.ts';
import { href } from '../components/site/href.ts';

export const GET: APIRoute = async ({ site }) => {
  const address = (path: string) => new URL(href(path), site).href;
  const pages = (await bookPages()).map(
    ({ id, data }) =>
      `- [${numbered(data)}](${address(`/${id}.md`)}): ${data.summary ?? data.description ?? ''}`,
  );
  const text = `# Interleave

> An online textbook on processes, threads and coroutines. Every claim comes with a TypeScript program that runs on a simulated, deterministic machine in the page; an explorer tries every schedule that matters.

Text under CC BY 4.0, code under MIT.

## Chapters

${pages.join('\n')}

## Beside the chapters

- [Interview questions](${address('/interview/')}): each with a 30-second answer and the section that proves it
- [Glossary](${address('/glossary/')})
- [Figures and their sources](${address('/sources/')})
`;
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
