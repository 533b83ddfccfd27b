/** Loaded at the first sign of interest in any snippet of a page. One pool of workers serves them all. */
import { SnippetController } from './controller.ts';
import { Pool } from './sandbox/pool.ts';

const controllers = new WeakMap<HTMLElement, SnippetController>();
const pools = new Map<string, Pool>();

function poolFor({ engine = '', compiler = '', sandbox = '' }: DOMStringMap): Pool {
  const pool = pools.get(engine) ?? new Pool({ engine, compiler, sandbox });
  pools.set(engine, pool);
  return pool;
}

/** The controller of a snippet's element, made when first asked for. */
export function controllerOf(element: HTMLElement): SnippetController {
  const known = controllers.get(element);
  if (known) return known;
  const controller = new SnippetController(element, poolFor(element.dataset));
  controllers.set(element, controller);
  return controller;
}
