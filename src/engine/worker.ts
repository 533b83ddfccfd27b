/**
 * What runs in the sandbox's worker: the engine behind Comlink, on a port that the page hands over. The worker calls
 * nothing in the page. Ships to the browser as one classic script, without the parser: programs of the book are
 * compiled already, and `learn` brings it for those that are not.
 */
import { expose, transfer } from 'comlink';
import { compile, type ExploreOptions, explore, type Program, play, replay, start } from './index.ts';
import type { RunOptions } from './report.ts';
import { buffersOf, type Code, type Progress, RunService, type Started } from './service.ts';

/** A program of ours that the bundler puts here. */
declare const WARM_UP: Program;

/** The part of a worker's global scope used here; the engine is compiled without the DOM's types. */
interface WorkerScope {
  readonly performance: { now(): number };
  eval(script: string): unknown;
  setTimeout(task: () => void, milliseconds: number): unknown;
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly never[] }) => void,
    options: { once: boolean },
  ): void;
}

const scope = globalThis as unknown as WorkerScope;
const engine = { compile, start, explore, replay, play };
const clock = () => scope.performance.now();
const service = new RunService(engine, clock);
let isUsed = false;

/** A use of the service: from now on the worker's time belongs to it. */
function serve(): RunService {
  isUsed = true;
  return service;
}

const moved = (progress: Progress) => transfer(progress, buffersOf(progress));

const remote = {
  /** Evaluate the parser's script: from now on texts can be compiled, and schedules searched. */
  learn(script: string): void {
    scope.eval(script);
  },
  start(code: Code, options: RunOptions, schedule: string | null = null): Started {
    const started = serve().start(code, options, schedule);
    return transfer(started, buffersOf(started.refused ? null : started.progress));
  },
  advance: () => moved(service.advance()),
  stop: () => moved(service.stop()),
  play: (code: Code, steps: readonly number[], options: RunOptions) => serve().play(code, steps, options),
  explore: (code: Code, options: ExploreOptions) => serve().explore(code, options),
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

/** Run a program of ours while nobody waits: the first run of the reader's then finds the engine's functions compiled. */
function warmUp(): void {
  if (!isUsed) new RunService(engine, clock).start({ program: WARM_UP }, {});
}

scope.addEventListener(
  'message',
  ({ ports: [port] }) => {
    if (!port) return;
    for (const name of outOfReach) {
      Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
    }
    expose(remote, port);
    scope.setTimeout(warmUp, 0);
  },
  { once: true },
);
