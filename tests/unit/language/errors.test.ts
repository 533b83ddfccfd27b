import { describe, expect, test } from 'vitest';
import { compile, Instance } from '../../../src/engine/language/index.ts';
import { runAll, SteppingHost } from './stepping-host.ts';

const lines = (source: string, portion = 1_000_000) =>
  runAll(`import { print } from 'interleave'; ${source}`, portion).host.lines;

describe('messages in the reader’s names', () => {
  /** What is thrown by the statements, and by Node for the same. */
  const thrown = (statements: string): [ours: string, native: string] => {
    const body = `try { ${statements} } catch (e) { print(e.name + ': ' + e.message); }`;
    let native = '';
    new Function('print', `'use strict'; ${body}`)((text: string) => {
      native = text;
    });
    return [lines(body)[0] ?? '', native];
  };

  test.each([
    'let f; f();',
    'const f = 5; f(1, 2, 3, 4);',
    'const o = {}; o.foo();',
    'const o = { a: {} }; o.a.foo(1);',
    "const o = {}; o['foo']();",
    "const o = {}, k = 'z'; o[k]();",
    'const a = []; a[0]();',
    'const g = { f() { return 1; } }; g.f()();',
    'const g = { f() { return {}; } }; g.f().bar(...[1]);',
    '[1].forEach((x) => x.foo());',
    'const o = { a: 1 }; o.a?.();',
    'let f; f`x`;',
    'Math.foo();',
    'const o = {}; new o.Foo();',
    'const f = () => {}; new f();',
    'class A {} A();',
    'undefinedName();',
    'print(x); let x = 1;',
    'const f = () => y; f(); const y = 1;',
    'const c = 1; c = 2;',
    'let u; u.x;',
    'let u = null; u.x.y = 1;',
    'let u; const { x } = u;',
    'const o = {}; const { x, ...rest } = o.deep;',
    'function f({ a }) {} f();',
    'let u; const [x] = u;',
    'const o = { p: {} }; for (const x of o.p) print(x);',
    'const u = {}; print([...u]);',
    'class B extends null {} new B();',
  ])('%s', (statements) => {
    const [ours, native] = thrown(statements);
    expect(native).not.toBe('');
    expect(ours).toBe(native);
  });

  test('of a loop over what is not iterable point at it', () => {
    const source = `const o = {};\n\nfor (const x of o as any) print(x);`;
    const host = new SteppingHost(1_000_000);
    const instance = new Instance(compile(source), host, {});
    const stack = instance.main();
    expect(stack.resume()).toBe('threw');
    expect(instance.stackOf(stack.value)).toEqual(['at snippet.ts:3:17']);
  });

  test('text that the reader wrote stays, whatever it looks like', () => {
    const code = `try { throw new ReferenceError("Cannot access 'x$3' before initialization"); } catch (e) { print(e.message); }`;
    expect(lines(code)).toEqual(["Cannot access 'x$3' before initialization"]);
  });
});

describe('error.stack', () => {
  const CALLS = `function inner(o: any) { return o.x.y; }
function outer(n: number): any { return n === 0 ? inner({}) : outer(n - 1); }
try { outer(2); } catch (e) { print((e as Error).stack); }`;
  const STACK = `TypeError: Cannot read properties of undefined (reading 'y')
    at inner (snippet.ts:1:73)
    at outer (snippet.ts:2:51)
    at outer (snippet.ts:2:63)
    at outer (snippet.ts:2:63)
    at snippet.ts:3:7`;

  test.each([1, 200, 1_000_000])('has the reader’s frames, with %i ticks of fuel at a time', (portion) => {
    expect(lines(CALLS, portion)).toEqual([STACK]);
  });

  test('is that of the place where an error was made, in a subclass too', () => {
    const code = `
class Mine extends Error { constructor(m: string) { super(m); this.name = 'Mine'; } }
const make = () => new Mine('made');
const e = make();
function elsewhere() { try { throw e; } catch (x) { print((x as Error).stack); } }
elsewhere();`;
    expect(lines(code)).toEqual([
      'Error: made\n    at new Mine (snippet.ts:2:53)\n    at make (snippet.ts:3:20)\n    at snippet.ts:4:11',
    ]);
  });

  test('shows ten frames of a stack that overflowed, and how many more there are', () => {
    const code = `let n = 0; function deep(): number { n++; return deep() + n; } try { deep(); } catch (e) { print((e as Error).stack); }`;
    const [text = ''] = lines(code);
    const [head, ...frames] = text.split('\n');
    expect(head).toMatch(/^RangeError: Maximum call stack size exceeded/);
    expect(frames.slice(0, 10)).toEqual(Array(10).fill('    at deep (snippet.ts:1:86)'));
    expect(frames.slice(10)).toEqual([expect.stringMatching(/^ {4}\.\.\. 8\d{4} more frames$/)]);
  });

  test('passes through promises, and belongs to the function that threw', () => {
    const code = `
async function failing() { await null; throw new RangeError('late'); }
failing().catch((e) => print(e.stack));
new Promise(() => { (null as any).x; }).catch((e) => print(e.stack));`;
    expect(lines(code)).toEqual([
      "TypeError: Cannot read properties of null (reading 'x')\n    at snippet.ts:4:35\n    at snippet.ts:4:1",
      'RangeError: late\n    at failing (snippet.ts:2:46)',
    ]);
  });

  test('can be assigned, and captured for any object', () => {
    const code = `const e = new Error('x'); e.stack = 'mine'; print(e.stack, Object.keys(e).length); const o: any = { name: 'O' }; (Error as any).captureStackTrace(o); print(o.stack);`;
    expect(lines(code)).toEqual(['mine 0', 'O\n    at snippet.ts:1:150']);
  });

  test('names nothing of the engine', () => {
    const code = `const o = { get x() { return [3, 1].sort(() => { throw new Error('deep'); }); } }; try { String(o.x); } catch (e) { print((e as Error).stack); }`;
    const [text = ''] = lines(code);
    expect(text).toContain('snippet.ts:1');
    for (const line of text.split('\n').slice(1))
      expect(line).toMatch(/^ {4}at (\S+ \()?snippet\.ts:\d+:\d+\)?$/);
  });
});
