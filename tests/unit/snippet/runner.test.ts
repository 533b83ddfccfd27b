import { describe, expect, test } from 'vitest';
import { exploreProgram, runProgram } from '../../../src/components/snippet/runner.ts';
import type { Lease } from '../../../src/components/snippet/sandbox/pool.ts';
import type { OutputLine, Report } from '../../../src/engine/index.ts';
import type { Progress } from '../../../src/engine/service.ts';
import { traceOf } from '../views/fixtures.ts';

const line = (text: string): OutputLine => ({ time: 0, pid: 1, tid: 1, text });
const result = { report: { status: 'exited' } as Report, trace: traceOf([]), columns: [] };
const map = {
  format: 1,
  name: 'a.ts',
  source: '',
  sites: [],
  functions: [],
  variables: [],
  machine: null,
} as const;
const forever = () => new Promise<never>(() => {});
const patience = { stop: 5, silence: 50, run: 1e9, findings: 50 };

function lease(service: Record<string, unknown>, died: Promise<never> = forever()) {
  const ended = { times: 0 };
  const made = { service, died, end: () => void ended.times++ } as unknown as Lease;
  return { made, ended };
}

async function run(
  service: Record<string, unknown>,
  signal = new AbortController().signal,
  died = forever(),
) {
  const { made, ended } = lease(service, died);
  const lines: string[] = [];
  const events = {
    onStart: () => {},
    onLines: (more: readonly OutputLine[]) => lines.push(...more.map(({ text }) => text)),
  };
  const ending = await runProgram(made, { source: '', name: 'a.ts' }, {}, events, signal, {
    limits: patience,
  });
  return { ending, lines, ended: ended.times };
}

const started = (progress: Progress) => async () => ({ refused: null, map, progress });

describe('a run in a worker', () => {
  test('asks for the columns that a result lacks, one by one', async () => {
    const asked: string[] = [];
    const { ending } = await run({
      start: started({ lines: [], result: { ...result, columns: ['time', 'tid'] } }),
      column: async (name: string) => {
        asked.push(name);
        return name === 'time' ? Float64Array.of(7) : Int32Array.of(2);
      },
    });
    expect(asked).toEqual(['time', 'tid']);
    expect(ending.kind === 'finished' && [...ending.run.trace.time, ...ending.run.trace.tid]).toEqual([7, 2]);
  });

  test('streams its lines in order and ends with its result', async () => {
    const answers: Progress[] = [
      { lines: [line('b')], result: null },
      { lines: [line('c')], result },
    ];
    const { ending, lines, ended } = await run({
      start: started({ lines: [line('a')], result: null }),
      advance: async () => answers.shift(),
    });
    expect(lines).toEqual(['a', 'b', 'c']);
    expect(ending).toMatchObject({ kind: 'finished', stopped: false });
    expect(ended).toBe(1);
  });

  test('of a source that does not compile is refused with its place', async () => {
    const refused = { message: 'unexpected token', line: 2, column: 3 };
    const { ending } = await run({ start: async () => ({ refused }) });
    expect(ending).toEqual({ kind: 'refused', refusal: refused });
  });

  test('that is stopped keeps what it printed', async () => {
    const stopping = new AbortController();
    const { ending, lines } = await run(
      {
        start: started({ lines: [line('a')], result: null }),
        advance: async () => {
          stopping.abort();
          return { lines: [line('b')], result: null };
        },
        stop: async () => ({ lines: [line('c')], result }),
      },
      stopping.signal,
    );
    expect(lines).toEqual(['a', 'b', 'c']);
    expect(ending).toMatchObject({ kind: 'finished', stopped: true });
  });

  test('that does not hear Stop loses its worker, and the page goes on', async () => {
    const stopping = new AbortController();
    stopping.abort();
    const { ending, lines, ended } = await run(
      { start: started({ lines: [line('a')], result: null }), stop: forever },
      stopping.signal,
    );
    expect(lines).toEqual(['a']);
    expect(ending).toEqual({ kind: 'lost', message: 'it did not stop when asked, so it was ended' });
    expect(ended).toBe(1);
  });

  test('that falls silent loses its worker', async () => {
    const { ending } = await run({ start: started({ lines: [], result: null }), advance: forever });
    expect(ending).toEqual({ kind: 'lost', message: 'it did not answer, so it was ended' });
  });

  test('whose worker dies says so', async () => {
    const { ending, ended } = await run(
      { start: forever },
      undefined,
      Promise.reject(new Error('out of memory')),
    );
    expect(ending).toEqual({ kind: 'lost', message: 'out of memory' });
    expect(ended).toBe(1);
  });
});

describe('a search in a worker', () => {
  test('that is stopped gives what it found so far', async () => {
    const stopping = new AbortController();
    const exploration = { executions: 3 };
    const told: number[] = [];
    const { made } = lease({
      explore: async () => ({ refused: null }),
      advanceSearch: async (end: boolean) => {
        stopping.abort();
        return end ? { executions: 3, result: exploration } : { executions: 2, result: null };
      },
    });
    const ending = await exploreProgram(
      made,
      { source: '', name: 'a.ts' },
      {},
      ({ executions }) => told.push(executions),
      stopping.signal,
      patience,
    );
    expect(told).toEqual([2]);
    expect(ending).toEqual({ kind: 'explored', exploration, stopped: true });
  });
});
