import type { APIRoute, GetStaticPaths } from 'astro';
import { catalogue } from '../../components/snippet/build/catalogue.ts';
import { workerBundle } from '../../components/snippet/build/worker-bundle.ts';

const fileOf = (path: string) => path.slice('programs/'.length);

/** The compiled snippets, and the engine's worker: fetched by pages when a reader is about to run something. */
export const getStaticPaths: GetStaticPaths = async () => {
  const worker = await workerBundle();
  const programs = [...catalogue.values()].flatMap(({ program }) => (program ? [program] : []));
  return [
    { params: { file: fileOf(worker.path) }, props: { text: worker.script, type: 'text/javascript' } },
    ...programs.map(({ path, json }) => ({
      params: { file: fileOf(path) },
      props: { text: json, type: 'application/json' },
    })),
  ];
};

/** One of them. */
export const GET: APIRoute = ({ props }) =>
  new Response(props.text, { headers: { 'content-type': `${props.type}; charset=utf-8` } });
