import { describe, expect, test } from 'vitest';
import { compile, defineKernelCall, Instance, SUSPENDED } from '../../../src/engine/language/index.ts';
import { drive, runAll, SteppingHost } from './stepping-host.ts';

const names = (source: string, stackFrames: readonly { function: number }[]) => {
  const { functions } = compile(source);
  return stackFrames.map((frame) => functions[frame.function]?.name);
};

describe('a stack', () => {
  const source = `import { wait } from 'interleave';
const inner = (n) => { const got = wait(n); return got + 1; };
const outer = (n) => { try { return inner(n) * 2; } catch (e) { return e.message; } };
const result = outer(20);`;
  const start = () => {
    const host = new SteppingHost(1_000_000);
    const wait = defineKernelCall(() => SUSPENDED);
    const instance = new Instance(compile(source), host, { wait });
    const stack = instance.main();
    expect(stack.resume()).toBe('suspended');
    return stack;
  };
  test('shows its frames, innermost first, with their sites', () => {
    const stack = start();
    expect(names(source, stack.frames())).toEqual(['inner', 'outer', '']);
    expect(stack.frames().map(({ site }) => compile(source).sites[site]?.line)).toEqual([2, 3, 4]);
  });
  test('goes on with the answer of the kernel', () => {
    const stack = start();
    stack.answer(1);
    expect(stack.resume()).toBe('returned');
  });
  test('goes on with an error of the kernel, which the reader can catch', () => {
    const stack = start();
    stack.fail(new Error('broken pipe'));
    expect(stack.resume()).toBe('returned');
  });
  test('runs an interruption first, then what it was waiting for', () => {
    const stack = start();
    let ran = 0;
    stack.answer(1);
    stack.interrupt(() => ran++, []);
    expect(stack.resume()).toBe('returned');
    expect(ran).toBe(1);
  });
});

test.each([
  ['a disposal at the end of a scope', '{\nusing held = { [Symbol.dispose]() { wait(1); } };\n}', [2, 2]],
  ['a disposal in a loop', 'for (\nusing held of [{ [Symbol.dispose]() { wait(1); } }]) {}', [2, 2]],
  [
    'yield*',
    'const inner = function* () { wait(1); };\n[...(function* () {\nyield* inner(); })()];',
    [1, 3, 2],
  ],
  [
    'yield* of an iterator that is made',
    'const made = { [Symbol.iterator]() { return wait(1); } };\n(function* () {\nyield* made; })().next();',
    [1, 3, 2],
  ],
  [
    'a loop that closes its iterator',
    'const open = { next: () => ({ done: false }), return: () => wait(1), [Symbol.iterator]() { return this; } };\nfor (const one of\nopen) break;',
    [1, 3],
  ],
])('%s waits at a line of its own', (_what, code, lines) => {
  const source = `import { wait } from 'interleave'; ${code}`;
  const wait = defineKernelCall(() => SUSPENDED);
  const stack = new Instance(compile(source), new SteppingHost(1_000_000), { wait }).main();
  expect(stack.resume()).toBe('suspended');
  expect(stack.frames().map(({ site }) => compile(source).sites[site]?.line)).toEqual(lines);
});

describe('depth', () => {
  test('is bounded by the size of the simulated stack, not of the native one', () => {
    const source =
      "import { print } from 'interleave'; let n = 0; const down = (k) => { n++; return k === 0 ? 0 : down(k - 1) + 1; }; print(down(50_000), n);";
    expect(runAll(source, 1_000_000).host.lines).toEqual(['50000 50001']);
  });
  test.each(['let n = 0; const f = () => { n++; f(); n++; };', 'const f = (x) => f(x + 1) + 1;'])(
    'overflow is a RangeError the reader can catch: %s',
    (definition) => {
      const source = `import { print } from 'interleave'; ${definition} try { f(1); } catch (e) { print(e instanceof RangeError); }`;
      expect(runAll(source, 1_000_000).host.lines).toEqual(['true']);
    },
  );
  test('overflow comes at the same depth whatever the portions of fuel', () => {
    const source =
      "import { print } from 'interleave'; let n = 0; const f = () => { n++; f(); }; try { f(); } catch { print(n); }";
    const depths = [97, 1000, 1_000_000].map((portion) => runAll(source, portion).host.lines[0]);
    expect(new Set(depths).size).toBe(1);
  });
});

describe('plain functions', () => {
  test('unwind when out of fuel and end with the same result', () => {
    const source =
      "import { print } from 'interleave'; const gcd = (a, b) => { while (b) { const t = a % b; a = b; b = t; } return a; }; function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); } print(fib(16), gcd(1071, 462), [15, 25].map((x) => gcd(x, 10)).join());";
    for (const portion of [1, 500, 1_000_000])
      expect(runAll(source, portion).host.lines).toEqual(['987 21 5,5']);
  });
  test('run an argument with conversions of its own once', () => {
    const source =
      "import { print } from 'interleave'; let calls = 0; const f = (x) => { let s = 0; for (let i = 0; i < 100; i++) s += i; return s + x; }; print(f({ valueOf() { calls++; return 1; } }), calls);";
    expect(runAll(source, 100).host.lines).toEqual(['4951 1']);
  });
});

test('several instances of one program are separate', () => {
  const program = compile(
    "import { print } from 'interleave'; let x = 0; const f = () => { x++; }; f(); print(x);",
  );
  for (let i = 0; i < 2; i++) {
    const host = new SteppingHost(1000);
    const print = defineKernelCall((value: unknown) => host.print(String(value)));
    drive(host, new Instance(program, host, { print }).main());
    expect(host.lines).toEqual(['1']);
  }
});
