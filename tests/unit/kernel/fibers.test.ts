import { describe, expect, test } from 'vitest';
import { linesOf, runProgram } from './run.ts';

describe('fibers', () => {
  test('pass values both ways and yield from any depth', () => {
    expect(
      linesOf(`const deep = (n: number): number => (n === 0 ? Fiber.yield<number>('deep') : deep(n - 1));
        const f = new Fiber((first) => { print('first', first); print('back', deep(10)); return 'end'; });
        const a = f.resume(1), b = f.resume(2); print(a.value, a.done, b.value, b.done);`),
    ).toEqual(['first 1', 'back 2', 'deep false end true']);
  });

  test('nest, and errors come out of resume', () => {
    expect(
      linesOf(`const inner = new Fiber(() => { Fiber.yield(1); throw new Error('inside'); });
        const outer = new Fiber(() => { Fiber.yield(inner.resume().value); try { inner.resume(); } catch (e) { Fiber.yield((e as Error).message); } });
        print(outer.resume().value, outer.resume().value, outer.resume().done);`),
    ).toEqual(['1 inside true']);
  });

  test('a fiber that never yields starves the others', () => {
    const report = runProgram(
      `const polite = new Fiber(() => { while (true) { print('polite'); Fiber.yield(); } }); const rude = new Fiber(() => { while (true) {} });
       while (true) { polite.resume(); rude.resume(); }`,
      { limits: { steps: 100_000 } },
    );
    expect(report.stdout).toHaveLength(1);
    expect(report.status).toBe('limit');
  });

  test.each([
    ['yielding outside a fiber', `Fiber.yield(1);`, 'EPERM'],
    ['resuming a fiber that has ended', `const f = new Fiber(() => 1); f.resume(); f.resume();`, 'EINVAL'],
    ['resuming oneself', `const f: Fiber = new Fiber(() => f.resume()); f.resume();`, 'EINVAL'],
  ])('%s is refused', (_what, body, code) => {
    expect(runProgram(body).error?.message).toContain(code);
  });

  test('switch without the kernel', () => {
    const { metrics } = runProgram(
      `const f = new Fiber(() => { while (true) Fiber.yield(); }); for (let i = 0; i < 100; i++) f.resume();`,
    );
    expect(metrics.fiberSwitches).toBeGreaterThanOrEqual(199);
    expect(metrics.syscalls).toBe(0);
  });
});
