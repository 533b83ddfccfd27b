/**
 * What runs in the sandbox's workers: the engine behind Comlink, on a port that the page hands over. The worker calls
 * nothing in the page. Ships to the browser as one of two classic scripts: `engine-script.ts` runs what the build has
 * compiled and is what a first Run waits for; `compiler-script.ts` also compiles, explores and replays.
 */
import { expose, transfer } from 'comlink';
import type { ExploreOptions } from './explorer/explore.ts';
import type { Program } from './language/program.ts';
import type { RunOptions } from './report.ts';
import {
  buffersOf,
  type Code,
  type ColumnName,
  type Engine,
  type Progress,
  type Request,
  RunService,
  type Started,
} from './service.ts';

/** A program of ours that the bundler puts here. */
declare const WARM_UP: Program;

/** The part of a worker's global scope used here; the engine is compiled without the DOM's types. */
interface WorkerScope {
  readonly performance: { now(): number };
  setTimeout(task: () => void, milliseconds: number): unknown;
}

/** Milliseconds after which a worker warms itself up: whoever presses Run as soon as the pointer is there is served first. */
const patience = 30;

/** Steps of the program that warms the engine up, before the worker looks whether it is asked for something. */
const warmUpSteps = 20;

/** The page's end of a channel, put into scope by the frame's first script. */
declare const port: never;

const moved = (progress: Progress) => transfer(progress, buffersOf(progress));

/** What the page may ask, answered by a service; `onUse` is told of each program that it begins. */
function remoteOf(service: RunService, onUse: () => void) {
  return {
    start(code: Code, options: Request, schedule: string | null = null): Started {
      onUse();
      const started = service.start(code, options, schedule);
      return transfer(started, buffersOf(started.refused ? null : started.progress));
    },
    advance: () => moved(service.advance()),
    stop: () => moved(service.stop()),
    column(name: ColumnName) {
      const column = service.column(name);
      return transfer(column, [column.buffer]);
    },
    play(code: Code, steps: readonly number[], options: RunOptions) {
      onUse();
      return service.play(code, steps, options);
    },
    explore(code: Code, options: ExploreOptions) {
      onUse();
      return service.explore(code, options);
    },
    advanceSearch: (end: boolean) => service.advanceSearch(end),
  };
}

/** What the page may ask of a worker. */
export type RemoteService = ReturnType<typeof remoteOf>;

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

/** Serve an engine to the page. */
export function serve(engine: Engine): void {
  for (const name of outOfReach) {
    Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
  }
  const scope = globalThis as unknown as WorkerScope;
  const clock = () => scope.performance.now();
  let isUsed = false;
  const remote = remoteOf(new RunService(engine, clock), () => {
    isUsed = true;
  });
  expose(remote, port);
  const soon = (step: () => void) => !isUsed && scope.setTimeout(step, 0);
  scope.setTimeout(() => warmUp(engine, soon), patience);
}

/**
 * Run a program of ours while nobody waits: the first run of the reader's then finds the engine's functions compiled. In small steps, so that a
 * reader who comes meanwhile is served between two of them.
 */
function warmUp(engine: Engine, soon: (step: () => void) => unknown): void {
  const steps = function* () {
    const run = engine.start(WARM_UP);
    do yield;
    while (!run.advance(warmUpSteps));
    run.report();
    yield;
    run.trace();
  };
  const walk = steps();
  const step = () => {
    if (!walk.next().done) soon(step);
  };
  soon(step);
}
