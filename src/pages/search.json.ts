/** The search index: every section, term and question with its text. Fetched when a reader opens the search. */
import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { bookPages } from '../components/site/chapter-list.ts';
import { questionSection, sectionsOf, termSection } from '../components/site/search-index.ts';

export const GET: APIRoute = async () => {
  const pages = (await bookPages()).flatMap(({ id, data, body }) =>
    sectionsOf(data.title, `/${id}/`, body ?? ''),
  );
  const terms = (await getCollection('glossary')).map(({ id, data, body }) =>
    termSection(id, data, body ?? ''),
  );
  const questions = (await getCollection('interview')).map(({ id, data, body }) =>
    questionSection(id, data.question, body ?? ''),
  );
  return Response.json([...pages, ...terms, ...questions]);
};
