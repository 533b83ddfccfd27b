/** The question bank as a deck for flashcard programs: tab-separated question, answer and tags, as Anki imports it. */
import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { href } from '../components/site/href.ts';
import { deck } from '../components/study/deck.ts';
import { splitAt } from '../components/study/split-at.ts';

export const GET: APIRoute = async ({ site }) => {
  const questions = await getCollection('interview');
  const cards = questions.map(({ id, data, rendered }) => ({
    question: data.question,
    answer: splitAt(rendered?.html ?? '', 'more').before,
    link: new URL(href(`/interview/#${id}`), site).href,
    tags: [data.level, ...data.topics],
  }));
  return new Response(deck(cards), {
    headers: { 'content-type': 'text/tab-separated-values; charset=utf-8' },
  });
};
