import { describe, expect, test } from 'vitest';
import { compile, explore, start } from '../../../src/engine/index.ts';

const program = (source: string) =>
  compile(`import { print, Thread, sleep, ms, Mutex } from 'interleave';\n${source}`);

function run(source: string) {
  const it = start(program(source));
  while (!it.advance(100_000));
  const { stdout, error, status } = it.report();
  return { lines: stdout.map(({ text }) => text), error, status };
}

const SETTLED_LATER = `const { promise, resolve } = Promise.withResolvers<number>();
  new Thread(() => { sleep(ms(5)); resolve(42); });
  print('waiting'); print('got', await promise);`;

describe('an event loop with nothing to do', () => {
  test('goes on while another thread may settle the promise that the module awaits', () => {
    expect(run(SETTLED_LATER)).toMatchObject({ lines: ['waiting', 'got 42'], error: undefined });
  });

  test('goes on for an async function that nobody awaits', () => {
    const source = `async function later(p: Promise<number>) { print(await p); }
      const { promise, resolve } = Promise.withResolvers<number>();
      new Thread(() => { sleep(ms(5)); resolve(1); }); void later(promise); print('main is over');`;
    expect(run(source).lines).toEqual(['main is over', '1']);
  });

  test('ends with the last thread that could have settled it, and says what was awaited in vain', () => {
    const { lines, error } = run(
      `new Thread(() => { sleep(ms(5)); print('over'); }); await new Promise(() => {});`,
    );
    expect(lines).toEqual(['over']);
    expect(error?.message).toMatch(/awaits a promise that nothing can settle/);
  });

  test('is part of a deadlock when those threads are blocked for good', () => {
    const source = `const m = new Mutex(); m.lock(); new Thread(() => m.lock()); await new Promise(() => {});`;
    expect(run(source).status).toBe('deadlock');
  });

  test('waits in every schedule', () => {
    const search = explore(program(SETTLED_LATER));
    while (!search.advance(1000));
    const { failures, outcomes, complete } = search.result();
    expect(complete).toBe(true);
    expect(failures).toEqual([]);
    expect(outcomes.map(({ stdout }) => stdout)).toEqual([['waiting', 'got 42']]);
  });
});
