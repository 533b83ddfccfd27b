import { describe, expect, test } from 'vitest';
import { compile, defineKernelCall, Instance, SUSPENDED } from '../../../src/engine/language/index.ts';
import type { FrameInfo } from '../../../src/engine/language/stack.ts';
import { PROGRAMS } from './programs.ts';
import { SteppingHost } from './stepping-host.ts';

/** Run a program that was compiled with `locals` until it calls `stop()` for the nth time, and look at its frames. */
function framesAt(source: string, nth = 1): FrameInfo[] {
  const host = new SteppingHost(1_000_000);
  let calls = 0;
  const stop = defineKernelCall(() => (++calls === nth ? SUSPENDED : undefined));
  const program = compile(`import { stop } from 'interleave'; ${source}`, { locals: true });
  const stack = new Instance(program, host, { stop }).main();
  expect(stack.resume()).toBe('suspended');
  return stack.frames();
}

/** `name=value` of the variables of a frame. */
const texts = (frame: FrameInfo | undefined): string[] =>
  (frame?.locals ?? []).map(({ name, value }) => `${name}=${value}`);

describe('the variables of a suspended frame', () => {
  test('are those in reach where it stands, parameters first', () => {
    const source = `function f(a: number, { b }: any, ...rest: number[]) { let sum = a; { const gone = 1; sum += gone; } for (let i = 0; i < 2; i++) { const twice = i * 2; stop(); sum += twice; } const later = sum; return later; }
      const o = { b: [1, 2] }; f(5, o, 7, 8);`;
    const frames = framesAt(source, 2);
    expect(frames).toHaveLength(2);
    expect(texts(frames[0])).toEqual([
      'a=5',
      'b=[ 1, 2 ]',
      'rest=[ 7, 8 ]',
      'sum=6',
      'later=not initialised',
      'i=1',
      'twice=2',
    ]);
    expect(texts(frames[1])).toEqual(['o={ b: [ 1, 2 ] }']);
  });

  test('say in which segment they are and at which address', () => {
    const source = `let shared = 1; const change = () => { shared++; }; function f(own: number) { let caught = own; const g = () => caught++; g(); change(); stop(); return caught; } f(3);`;
    const [inner, module] = framesAt(source);
    const [own, caught] = inner?.locals ?? [];
    expect(own).toMatchObject({ name: 'own', value: '3', segment: 'stack' });
    expect(own?.address).toBeGreaterThan(0x7000_0000);
    expect(caught).toMatchObject({ name: 'caught', value: '4', segment: 'heap' });
    expect(caught?.address).toBeGreaterThanOrEqual(0x2000_0000);
    expect(module?.locals).toContainEqual({
      name: 'shared',
      value: '2',
      segment: 'data',
      address: 0x1000_0000,
    });
  });

  test('are known for methods, generators, async functions and caught errors too', () => {
    const source = `class A { m(x: number) { for (const y of this.g(x)) void y; } *g(z: number) { try { throw new Error('e'); } catch (error) { stop(); yield z; } } } new A().m(1);`;
    const [generator, method] = framesAt(source);
    expect(texts(generator)).toEqual(['z=1', 'error=[Error: e]']);
    expect(texts(method)).toEqual(['x=1']);
    const [late] = framesAt('async function f(p: number) { const q = await p; stop(); return q; } f(2);');
    expect(texts(late)).toEqual(['p=2', 'q=2']);
  });

  test('are left out where the program was compiled without them', () => {
    const host = new SteppingHost(1_000_000);
    const stop = defineKernelCall(() => SUSPENDED);
    const program = compile(`import { stop } from 'interleave'; const x = 1; stop();`);
    const stack = new Instance(program, host, { stop }).main();
    stack.resume();
    expect(stack.frames()).toEqual([expect.not.objectContaining({ locals: expect.anything() })]);
    expect(program.code).not.toContain('$.scopes');
  });
});

describe.each(Object.entries(PROGRAMS))('compiled with its variables: %s', (_name, source) => {
  test('a program has the same sites, accesses and output', () => {
    const run = (locals: boolean) => {
      const host = new SteppingHost(500);
      const print = defineKernelCall((...values: unknown[]) => host.print(values.map(String).join(' ')));
      const program = compile(`import { print } from 'interleave'; ${source}`, { locals });
      const stack = new Instance(program, host, { print }).main();
      for (let outcome = stack.resume(); outcome === 'suspended'; outcome = stack.resume()) {
        host.fuel[0] = host.portion;
        stack.frames();
      }
      const { sites, variables, functions } = program;
      return { lines: host.lines, accesses: host.accesses, sites, variables, functions };
    };
    expect(run(true)).toEqual(run(false));
  });
});
