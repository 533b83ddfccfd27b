import { describe, expect, test } from 'vitest';
import { runAll } from './stepping-host.ts';

/** What the program prints, run at a stretch and a tick at a time. */
function lines(source: string): string[] {
  const code = `import { print } from 'interleave'; ${source}`;
  const { lines: whole } = runAll(code, 1_000_000).host;
  expect(runAll(code, 1).host.lines).toEqual(whole);
  return whole;
}

const RESOURCE = `const resource = (name: string, error?: Error) => ({ [Symbol.dispose]() { print('dispose', name); if (error) throw error; } });
  const later = (name: string) => ({ async [Symbol.asyncDispose]() { print('begin', name); await null; print('end', name); } });`;

describe('DisposableStack', () => {
  test('disposes of what it was given in reverse order, once', () => {
    const source = `${RESOURCE} const s = new DisposableStack(); print(s.use(null)); s.use(resource('a')); print(s.adopt(5, (v) => print('adopted', v))); s.defer(() => print('deferred')); print(s.disposed); s.dispose(); s.dispose(); print(s.disposed);`;
    expect(lines(source)).toEqual(['null', '5', 'false', 'deferred', 'adopted 5', 'dispose a', 'true']);
  });

  test('moves what it holds to another, and can be used no more', () => {
    const source = `${RESOURCE} { using s = new DisposableStack(); s.use(resource('a')); const t = s.move(); print(s.disposed, t.disposed, t instanceof DisposableStack); try { s.defer(() => {}); } catch (e) { print((e as Error).name); } globalThis.kept = t; } print('left'); globalThis.kept.dispose();`;
    expect(lines(source.replaceAll('globalThis.kept', '(globalThis as any).kept'))).toEqual([
      'true false true',
      'ReferenceError',
      'left',
      'dispose a',
    ]);
  });

  test('goes on after an error and keeps each in the next', () => {
    const source = `${RESOURCE} const s = new DisposableStack(); s.use(resource('a', new Error('first'))); s.use(resource('b')); s.use(resource('c', new Error('second')));
      try { s.dispose(); } catch (e: any) { print(e.constructor === SuppressedError, e.error.message, e.suppressed.message); }`;
    expect(lines(source)).toEqual(['dispose c', 'dispose b', 'dispose a', 'true first second']);
  });

  test('can be extended, and refuses what cannot be disposed of', () => {
    const source = `class Mine extends DisposableStack { name = 'mine'; } const m = new Mine(); m.defer(() => print(m.name)); m[Symbol.dispose]();
      for (const f of [() => new DisposableStack().use({}), () => new DisposableStack().adopt(1, 2 as any), () => (DisposableStack as any)(), () => DisposableStack.prototype.dispose.call({})]) try { f(); } catch (e) { print((e as Error).name); }`;
    expect(lines(source)).toEqual(['mine', 'TypeError', 'TypeError', 'TypeError', 'TypeError']);
  });
});

describe('AsyncDisposableStack', () => {
  test('waits for each disposer before the next', () => {
    const source = `${RESOURCE} const s = new AsyncDisposableStack(); s.use(later('a')); s.use(resource('sync')); s.adopt(1, async (v) => { await null; print('adopted', v); }); s.defer(() => print('deferred'));
      const done = s.disposeAsync(); print(done instanceof Promise, s.disposed); await done; print('over');`;
    expect(lines(source)).toEqual([
      'deferred',
      'true true',
      'adopted 1',
      'dispose sync',
      'begin a',
      'end a',
      'over',
    ]);
  });

  test('rejects with what went wrong, after all were disposed of', () => {
    const source = `const s = new AsyncDisposableStack(); s.defer(() => print('still')); s.defer(async () => { throw new Error('late'); });
      try { await s.disposeAsync(); } catch (e) { print((e as Error).message); } await AsyncDisposableStack.prototype.disposeAsync.call({} as any).catch((e) => print(e.name));`;
    expect(lines(source)).toEqual(['still', 'late', 'TypeError']);
  });

  test('serves await using', () => {
    expect(
      lines(
        `${RESOURCE} { await using s = new AsyncDisposableStack(); s.use(later('x')); print('in'); } print('out');`,
      ),
    ).toEqual(['in', 'begin x', 'end x', 'out']);
  });
});
