import { readdirSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { find } from '../../src/components/site/search-find.ts';
import { questionSection, sectionsOf, termSection } from '../../src/components/site/search-index.ts';
import { pages, read } from './book.ts';

/** The front matter of a file of the book, and what comes after it. */
function parts<T>(path: string): { data: T; body: string } {
  const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n?([\s\S]*)$/.exec(read(path)) ?? [];
  return { data: load(front) as T, body };
}

const files = (folder: string) =>
  readdirSync(new URL(`../../src/content/${folder}`, import.meta.url)).map((name) =>
    name.replace(/\.md$/, ''),
  );

const index = [
  ...pages().flatMap(({ slug }) => {
    const { data, body } = parts<{ title: string }>(`docs/${slug}.mdx`);
    return sectionsOf(data.title, `/${slug}/`, body);
  }),
  ...files('glossary').map((id) => {
    const { data, body } = parts<{ term: string; short: string; also?: string[] }>(`glossary/${id}.md`);
    return termSection(id, { also: [], ...data }, body);
  }),
  ...files('interview').map((id) => {
    const { data, body } = parts<{ question: string }>(`interview/${id}.md`);
    return questionSection(id, data.question, body);
  }),
];

/** What people type the evening before an interview, and a place that must be among the first three. */
const asked: readonly (readonly [query: string, place: string])[] = [
  ['process vs thread', '/interview/#process-or-thread-opening'],
  ['what is a race condition?', '/glossary/#race-condition'],
  ['deadlock conditions', '/learn/stuck/#four-conditions'],
  ['mutex vs semaphore', '/interview/#mutex-or-semaphore'],
  ['spinlock', '/glossary/#spin-lock'],
  ['busy waiting', '/interview/#spin-or-sleep'],
  ['GIL', '/interview/#python-gil'],
  ['goroutines', '/interview/#goroutine-or-thread'],
  ['green threads', '/learn/fibers-and-coroutines/#fibers'],
  ['COW', '/learn/walls/#copy-on-write'],
  ['zombie process', '/learn/from-program-to-process/#zombies-and-orphans'],
  ['context switching cost', '/interview/#measure-a-switch'],
  ['tlb flush', '/learn/the-context-switch/#the-tlb'],
  ['segfault', '/learn/walls/#faults'],
  ['IPC', '/glossary/#ipc'],
  ['unix sockets', '/learn/talking-across-walls/#sockets'],
  ['epoll', '/interview/#select-poll-epoll'],
  ['async await', '/learn/the-event-loop/#await'],
  ['thread pool size', '/learn/cpu-bound-io-bound/#how-many'],
  ['producer consumer', '/interview/#bounded-queue'],
  ['readers writers', '/learn/sharing-a-kitchen/#readers-writer'],
  ['starvation vs livelock', '/interview/#livelock-and-starvation'],
  ['round robin', '/interview/#scheduling-policies'],
  ['CFS', '/learn/who-runs-next/#fair'],
  ['docker containers vs vm', '/interview/#container-process-vm'],
  ['memory barrier', '/glossary/#fence'],
  ['ABA problem', '/interview/#compare-and-swap-aba'],
  ['thread local storage', '/learn/threads/#thread-local'],
  ['PCB', '/learn/from-program-to-process/#the-record'],
  ['stack vs heap', '/learn/from-program-to-process/#four-segments'],
  ['hyperthreading', '/interview/#hyper-threads'],
  ['multithreading', '/learn/threads/'],
  ['concurrency vs parallelism', '/learn/who-runs-next/#concurrency-and-parallelism'],
];

test.each(asked)('%s', (query, place) => {
  expect(
    find(index, query)
      .slice(0, 3)
      .map(({ section }) => section.path),
  ).toContain(place);
});
