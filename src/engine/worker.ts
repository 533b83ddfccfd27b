/**
 * What runs in the sandbox's worker: the engine behind Comlink, on a port that the page hands over. The worker calls
 * nothing in the page. Ships to the browser as one classic script.
 */
import { expose, transfer } from 'comlink';
import { compile, type ExploreOptions, explore, play, replay, start } from './index.ts';
import type { RunOptions } from './report.ts';
import { buffersOf, type Code, type Progress, RunService, type Started } from './service.ts';

/** The part of a worker's global scope used here; the engine is compiled without the DOM's types. */
interface WorkerScope {
  readonly performance: { now(): number };
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly never[] }) => void,
    options: { once: boolean },
  ): void;
}

const scope = globalThis as unknown as WorkerScope;
const service = new RunService({ compile, start, explore, replay, play }, () => scope.performance.now());

const moved = (progress: Progress) => transfer(progress, buffersOf(progress));

const remote = {
  start(code: Code, options: RunOptions, schedule: string | null = null): Started {
    const started = service.start(code, options, schedule);
    return transfer(started, buffersOf(started.refused ? null : started.progress));
  },
  advance: () => moved(service.advance()),
  stop: () => moved(service.stop()),
  play: (code: Code, steps: readonly number[], options: RunOptions) => service.play(code, steps, options),
  explore: (code: Code, options: ExploreOptions) => service.explore(code, options),
  advanceSearch: (end: boolean) => service.advanceSearch(end),
};

/** What the page may ask of a worker. */
export type RemoteService = typeof remote;

/**
 * Taken away before any program runs. Most of these are already closed by the frame's opaque origin and policy; nested
 * workers and channels between workers are not.
 */
const outOfReach = [
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'MessageChannel',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebTransport',
  'EventSource',
  'importScripts',
  'indexedDB',
  'caches',
  'Notification',
];

scope.addEventListener(
  'message',
  ({ ports: [port] }) => {
    if (!port) return;
    for (const name of outOfReach) {
      Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
    }
    expose(remote, port);
  },
  { once: true },
);
