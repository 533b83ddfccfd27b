/** The search index: every section, term and question with its text. Fetched when a reader opens the search. */
import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { bookPages } from '../components/site/chapter-list.ts';
import { plain, type Section, sectionsOf } from '../components/site/search-index.ts';

export const GET: APIRoute = async () => {
  const pages = (await bookPages()).flatMap(({ id, data, body }) =>
    sectionsOf(data.title, `/${id}/`, body ?? ''),
  );
  const terms = (await getCollection('glossary')).map(
    ({ id, data, body }): Section => ({
      page: 'Glossary',
      title: data.term,
      path: `/glossary/#${id}`,
      text: plain(`${data.short} ${body ?? ''}`),
    }),
  );
  const questions = (await getCollection('interview')).map(
    ({ id, data, body }): Section => ({
      page: 'Interview',
      title: data.question,
      path: `/interview/#${id}`,
      text: plain((body ?? '').replace('---more---', '')),
    }),
  );
  return Response.json([...pages, ...terms, ...questions]);
};
