/** The language: shared accesses, CPU-bound code, threads, compiling. Every figure is a ratio in one run. */
import type { Program } from '../../src/engine/language/index.ts';
import { compile, type Run, start } from '../../src/engine/session.ts';
import {
  ACCESSES_PER_TURN,
  blocked,
  CPU_BOUND,
  FORTY_LINES,
  SHARING_THREADS,
  type SharedKind,
  sharedLoop,
  startAndFinish,
} from '../language/programs.ts';
import { geometricMean, seconds, type Table } from '../table.ts';

const NO_LIMITS = { time: Infinity, steps: Infinity, lines: Infinity, threads: Infinity, events: 1000 };

/** The tables of this benchmark. */
export default async function language(): Promise<readonly Table[]> {
  return [
    accesses(),
    cpuBound(),
    threads(),
    ...(await memory()),
    ...(await compiling()),
    ...(await loading()),
  ];
}

/** Run a source to its end; throws where it does not end well. */
function run(source: string): void {
  finish(compile(source, { name: 'bench.ts' }));
}

function finish(program: Program): void {
  const machine = start(program, { limits: NO_LIMITS });
  while (!machine.advance(10_000_000));
  const { status, error } = machine.report();
  if (status !== 'exited' || error) throw new Error(`benchmark ended with ${status}: ${error?.message}`);
}

const begin = (source: string): Run => start(compile(source, { name: 'bench.ts' }), { limits: NO_LIMITS });

/** Resumes a second of the plainest generator loop there is. */
function bareResumes(): number {
  const count = 5_000_000;
  function* bare(): Generator<number, void, void> {
    for (let i = 0; i < count; i++) yield i;
  }
  let sum = 0;
  const time = seconds(() => {
    const generator = bare();
    for (let step = generator.next(); !step.done; step = generator.next()) sum += step.value;
  });
  if (sum <= 0) throw new Error('the loop was optimised away');
  return count / time;
}

function accesses(): Table {
  const turns = 500_000;
  const rows: (string | number)[][] = [];
  const all: number[] = [];
  for (const cores of [1, 2]) {
    const ratios: number[] = [];
    for (const depth of [1, 10, 50])
      for (const kind of ['variable', 'property', 'element'] as readonly SharedKind[]) {
        const bare = bareResumes();
        const program = compile(sharedLoop(kind, turns, depth, cores), { name: 'bench.ts' });
        const rate = (turns * ACCESSES_PER_TURN * SHARING_THREADS) / seconds(() => finish(program), 3);
        ratios.push(rate / bare);
        rows.push([kind, cores, depth, rate / 1e6, bare / 1e6, rate / bare]);
      }
    rows.push(['geometric mean', cores, '', '', '', geometricMean(ratios)]);
    all.push(...ratios);
  }
  rows.push(['geometric mean', 'both', '', '', '', geometricMean(all)]);
  return {
    title: 'Accesses to shared memory',
    note: 'Four threads add to one word, preempted every microsecond, full TLB and cache model; on two cores the line goes from core to core. Aim: at least 1.0 times the resume rate of a bare generator loop, at any call depth.',
    columns: ['loop on', 'cores', 'call depth', 'M accesses/s', 'bare M resumes/s', 'ratio'],
    rows,
  };
}

function cpuBound(): Table {
  const quiet = { log: () => {} };
  const rows: (string | number)[][] = [];
  const ratios: number[] = [];
  for (const [name, source] of Object.entries(CPU_BOUND)) {
    const native = new Function('console', source) as (console: object) => void;
    const nativeTime = seconds(() => native(quiet));
    const time = seconds(() => run(source), 3);
    ratios.push(time / nativeTime);
    rows.push([name, nativeTime * 1e3, time * 1e3, time / nativeTime]);
  }
  rows.push(['geometric mean', '', '', geometricMean(ratios)]);
  return {
    title: 'CPU-bound code, one thread',
    note: 'The same text natively and as a snippet on the whole machine. Aim: at most 6 times slower (geometric mean).',
    columns: ['program', 'native ms', 'snippet ms', 'ratio'],
    rows,
  };
}

function threads(): Table {
  const base = 1000;
  const timeOf = (count: number) => seconds(() => run(startAndFinish(count)), 3) / count;
  const small = timeOf(base);
  const rows = [1, 3, 10].map((factor) => {
    const each = factor === 1 ? small : timeOf(base * factor);
    return [base * factor, each * 1e6, each / small];
  });
  return {
    title: 'Threads that start and finish',
    note: 'Time for each thread against that of 1,000 threads. Aim: 1 (linear) up to 10,000.',
    columns: ['threads', 'µs each', 'ratio'],
    rows,
  };
}

interface NodeGlobals {
  readonly process?: { memoryUsage(): { heapUsed: number } };
  gc?(): void;
}

/** Bytes of heap for a blocked thread: only Node can say. */
async function memory(): Promise<Table[]> {
  const { process, gc } = globalThis as NodeGlobals;
  if (!process || !gc) return [];
  const used = (count: number) => {
    const machine = begin(blocked(count));
    for (let i = 0; i < 50; i++) machine.advance(1_000_000);
    gc();
    const bytes = process.memoryUsage().heapUsed;
    if (machine.output.length > 0) throw new Error('a thread was not blocked');
    return bytes;
  };
  const few = used(100);
  const bytes = (used(10_100) - few) / 10_000;
  return [
    {
      title: 'Memory of a blocked thread',
      note: 'Heap in use with 10,100 threads blocked on a semaphore, less that with 100. Aim: under 2,048 bytes.',
      columns: ['threads', 'bytes each'],
      rows: [[10_000, Math.round(bytes)]],
    },
  ];
}

/** Time to compile, against taking the types out alone: only Node has a built-in for that. */
async function compiling(): Promise<Table[]> {
  if (!(globalThis as NodeGlobals).process) return [];
  const name = 'node:module';
  const { stripTypeScriptTypes } = (await import(/* @vite-ignore */ name)) as {
    stripTypeScriptTypes(source: string, options: object): string;
  };
  const rounds = 200;
  const options = { mode: 'transform', sourceMap: false };
  const times = (body: () => void) =>
    seconds(() => {
      for (let i = 0; i < rounds; i++) body();
    }, 3) / rounds;
  // Both are measured warm: a page compiles again at every Run.
  for (let i = 0; i < 3; i++) times(() => void compile(FORTY_LINES, { name: 'bench.ts' }));
  const strip = times(() => void stripTypeScriptTypes(FORTY_LINES, options));
  const full = times(() => void compile(FORTY_LINES, { name: 'bench.ts' }));
  return [
    {
      title: 'Compiling a snippet of 40 lines',
      note: 'Against Node’s own removal of types. Aim: under 2.',
      columns: ['', 'ms', 'ratio'],
      rows: [
        ['types removed', strip * 1e3, 1],
        ['compiled', full * 1e3, full / strip],
      ],
    },
  ];
}

interface SlimParser {
  readonly slimParser: import('esbuild').Plugin;
}

/** Bytes a page loads before it can compile: the compiler with its parser, minified. Only Node can bundle. */
async function loading(): Promise<Table[]> {
  if (!(globalThis as NodeGlobals).process) return [];
  const [bundler, zlib] = ['esbuild', 'node:zlib'];
  const { build } = (await import(/* @vite-ignore */ bundler as string)) as typeof import('esbuild');
  const { brotliCompressSync, gzipSync } = (await import(
    /* @vite-ignore */ zlib as string
  )) as typeof import('node:zlib');
  const plugin = '../../src/components/snippet/build/slim-parser.ts';
  const { slimParser } = (await import(/* @vite-ignore */ plugin as string)) as SlimParser;
  const { outputFiles } = await build({
    entryPoints: ['src/engine/language/compiler/compile.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    plugins: [slimParser],
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return [
    {
      title: 'What a page loads to compile',
      note: 'The compiler with its parser, minified. Aim: under 80 KB compressed.',
      columns: ['', 'bytes'],
      rows: [
        ['minified', code.length],
        ['gzip', gzipSync(code, { level: 9 }).length],
        ['brotli', brotliCompressSync(code).length],
      ],
    },
  ];
}
