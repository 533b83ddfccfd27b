/** What the lab measures. Everything runs in a worker, so the page stays free; each experiment is one kind of step. */
import type { Work } from './measure.ts';

/** One experiment. `figure` is the id of the book's own figure for the same step, if it has one. */
export interface Experiment {
  readonly id: string;
  readonly what: string;
  readonly figure: string | null;
  /** Which of the figure's values this is, where it lists several with ` / ` between them. */
  readonly part?: number;
  /** Made anew for each measurement, so that it can hold what it works on. */
  readonly prepare: () => Work;
}

/** What a loop computed, kept where the compiler can see it used; otherwise it may leave the loop out. */
let kept = 0;

function functionCall(): Work {
  // Called through an array of several functions, so that the call is not compiled away.
  const functions = [(x: number) => x + 1, (x: number) => x ^ 3, (x: number) => x - 2, (x: number) => x | 1];
  return (count) => {
    for (let i = 0; i < count; i++) kept = (functions[i & 3] as (x: number) => number)(kept);
  };
}

function generatorResume(): Work {
  const generator = (function* () {
    for (let i = 0; ; i++) yield i;
  })();
  return (count) => {
    for (let i = 0; i < count; i++) kept ^= generator.next().value as number;
  };
}

function awaitReady(): Work {
  return async (count) => {
    for (let i = 0; i < count; i++) kept ^= await i;
  };
}

function taskHop(): Work {
  const { port1, port2 } = new MessageChannel();
  return (count) =>
    new Promise((done) => {
      let left = count;
      port2.onmessage = () => (--left > 0 ? port1.postMessage(0) : done());
      port1.postMessage(0);
    });
}

function copyMebibyte(): Work {
  const bytes = new Uint8Array(2 ** 20);
  return (count) => {
    for (let i = 0; i < count; i++) kept ^= structuredClone(bytes).length;
  };
}

/** A walk in random order through `bytes` of memory, where each place says which comes next: nothing can be fetched ahead. */
export function chase(bytes: number): Work {
  const next = cycle(Math.max(2, bytes / LINE), 1);
  const memory = new Int32Array((next.length * LINE) / 4);
  for (const [place, following] of next.entries()) memory[(place * LINE) / 4] = (following * LINE) / 4;
  let at = 0;
  return (count) => {
    for (let i = 0; i < count; i++) at = memory[at] as number;
    kept ^= at;
  };
}

/** Bytes that memory moves at once. */
const LINE = 64;

/** One cycle through `size` places in an order that looks random (Sattolo's shuffle): entry i is the place after i. */
export function cycle(size: number, seed: number): Int32Array {
  const next = Int32Array.from({ length: size }, (_, index) => index);
  let state = seed;
  for (let last = size - 1; last > 0; last--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % last;
    [next[last], next[other]] = [next[other] as number, next[last] as number];
  }
  return next;
}

const KIB = 1024;
const sizes = [16 * KIB, 256 * KIB, 4096 * KIB, 65536 * KIB];
const sizeName = (bytes: number) => (bytes < 1024 * KIB ? `${bytes / KIB} KiB` : `${bytes / KIB / KIB} MiB`);

/** All experiments of the worker, in the order of the table. */
export const experiments: readonly Experiment[] = [
  { id: 'call', what: 'Call a function', figure: 'here-call', prepare: functionCall },
  { id: 'resume', what: 'Resume a generator', figure: 'here-gen', prepare: generatorResume },
  { id: 'await', what: 'Await a value that is ready', figure: 'here-await', prepare: awaitReady },
  {
    id: 'task',
    what: 'One turn of the event loop (a message to oneself)',
    figure: 'here-immediate',
    prepare: taskHop,
  },
  { id: 'copy', what: 'Copy 1 MiB as a message would', figure: 'here-clone1m', prepare: copyMebibyte },
  ...sizes.map((bytes, part) => ({
    id: `memory-${bytes / KIB}`,
    what: `One step of a random walk through ${sizeName(bytes)}`,
    figure: 'here-caches',
    part,
    prepare: () => chase(bytes),
  })),
];
