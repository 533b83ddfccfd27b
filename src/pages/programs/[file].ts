import type { APIRoute, GetStaticPaths } from 'astro';
import { catalogue } from '../../components/snippet/build/catalogue.ts';
import { editorBundle } from '../../components/snippet/build/editor-bundle.ts';
import { sandboxPage } from '../../components/snippet/build/sandbox-page.ts';
import { workerBundle } from '../../components/snippet/build/worker-bundle.ts';

const fileOf = (path: string) => path.slice('programs/'.length);

/** The compiled snippets, the sandbox, the scripts of its workers and the editor: fetched by pages when a reader is about to use them. */
export const getStaticPaths: GetStaticPaths = async () => {
  const [{ engine, compiler }, editor] = await Promise.all([workerBundle(), editorBundle()]);
  const programs = [...catalogue.values()].flatMap(({ program }) => (program ? [program] : []));
  return [
    { params: { file: fileOf(sandboxPage.path) }, props: { text: sandboxPage.text, type: 'text/html' } },
    ...[engine, compiler].map(({ path, script }) => ({
      params: { file: fileOf(path) },
      props: { text: script, type: 'text/javascript' },
    })),
    ...editor.map(({ path, text, type }) => ({ params: { file: fileOf(path) }, props: { text, type } })),
    ...programs.map(({ path, json }) => ({
      params: { file: fileOf(path) },
      props: { text: json, type: 'application/json' },
    })),
  ];
};

/** One of them. */
export const GET: APIRoute = ({ props }) =>
  new Response(props.text, { headers: { 'content-type': `${props.type}; charset=utf-8` } });
