import { compile, type Report, type RunOptions, start } from '../../../src/engine/index.ts';

/** Compiles and runs a program that uses everything of the library; what it did. */
export function runProgram(body: string, machine: RunOptions = {}): Report {
  const names = [...new Set(body.match(LIBRARY) ?? [])].join(', ');
  const run = start(compile(`import { ${names} } from 'interleave';\n${body}`, { name: 'test.ts' }), machine);
  while (!run.advance(1_000_000));
  return run.report();
}

/** The lines a program printed. */
export function linesOf(body: string, machine: RunOptions = {}): string[] {
  return runProgram(body, machine).stdout.map(({ text }) => text);
}

/** One core where only `compute` and devices take time: what a textbook draws. */
export const PAPER: RunOptions = { cores: 1, costs: 'free' };

const LIBRARY =
  /\b(?:Thread|ThreadLocal|currentThread|yieldThread|exitThread|Mutex|Semaphore|Condition|RWLock|Barrier|Atomic|Channel|Process|Container|fork|waitpid|exit|getpid|getppid|setNice|processes|kill|signal|blockSignals|unblockSignals|alarm|pause|pipe|MessageQueue|listen|connect|poll|onReadable|SharedMemory|malloc|free|peek|poke|addressOf|mmap|munmap|mprotect|Fiber|now|cpuTime|sleep|compute|io|ioAsync|ns|us|ms|print|assert|machine)\b(?=[(<. ;,]|$)/g;
