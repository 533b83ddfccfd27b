import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/engine/language/index.ts';
import { runSnippet } from '../../conformance/run-snippet.ts';

const lines = (source: string) => runSnippet(source).lines;

describe('the globals of a snippet', () => {
  test.each([
    'fetch',
    'process',
    'window',
    'self',
    'postMessage',
    'Worker',
    'localStorage',
    'WebSocket',
    'require',
  ])('%s does not exist, and reaching for it says what to use instead', (name) => {
    const message = (() => {
      try {
        return String(runSnippet(`${name}('x');`).error);
      } catch (error) {
        return String(error);
      }
    })();
    expect(message).toContain(`${name} does not exist in a snippet:`);
    expect(lines(`console.log(typeof ${name});`)).toEqual(['undefined']);
    expect(lines(`console.log(globalThis.${name});`)).toEqual(['undefined']);
  });

  test.each([
    '(() => {}).constructor("return 1")',
    'Function("return 1")',
    'new Function("return 1")',
    '(function* () {}).constructor("yield 1")',
    '(async () => {}).constructor("return 1")',
    'Object.getPrototypeOf(async function* () {}).constructor("return 1")',
  ])('%s cannot make code from text', (source) => {
    expect(String(runSnippet(source).error)).toContain('code cannot be made from text');
  });

  test('functions are still instances of Function', () => {
    expect(
      lines('console.log((() => {}) instanceof Function, Function.prototype.isPrototypeOf(class {}))'),
    ).toEqual(['true true']);
  });

  test('an unknown name is an ordinary ReferenceError', () => {
    expect(String(runSnippet('nowhere;').error)).toBe('ReferenceError: nowhere is not defined');
  });

  test('dates run on the virtual clock, in UTC', () => {
    const source = `
      const start = Date.now();
      console.log(new Date(start).toISOString(), new Date().getTimezoneOffset());
      console.log(String(new Date(2026, 1, 3, 4, 5, 6)));
      console.log(new Date('2026-02-03T04:05').getHours(), Date.parse('Feb 3 2026 04:05'), Date.parse('2026-02-03'));
      setTimeout(() => console.log(Date.now() - start), 250);`;
    expect(lines(source)).toEqual([
      '2026-01-01T00:00:00.000Z 0',
      'Tue Feb 03 2026 04:05:06 GMT+0000 (Coordinated Universal Time)',
      '4 1770091500000 1770076800000',
      '250',
    ]);
  });

  test('dates have setters, classes derived from them and the right tag', () => {
    const source = `
      class Day extends Date { get next() { const d = new Day(this); d.setDate(d.getDate() + 1); return d; } }
      const d = new Day(2026, 0, 31);
      console.log(d.next.toISOString(), d instanceof Date, Object.prototype.toString.call(d), typeof Date());`;
    expect(lines(source)).toEqual(['2026-02-01T00:00:00.000Z true [object Date] string']);
  });

  test('Math.random is the machine’s', () => {
    expect(lines('console.log(Math.random(), Math.max(1, 2), Object.prototype.toString.call(Math))')).toEqual(
      ['0.5 2 [object Math]'],
    );
  });

  test('weak references hold, so that collection cannot be seen', () => {
    expect(lines('console.log(new WeakRef({ a: 1 }).deref().a)')).toEqual(['1']);
  });

  test('Atomics has no wait', () => {
    expect(String(runSnippet('Atomics.wait(new Int32Array(1), 0, 0)').error)).toContain('use Mutex');
  });

  test('a snippet that only names an absent global in typeof compiles', () => {
    expect(() => compile('if (typeof window === "undefined") { }')).not.toThrow();
  });
});

describe('console.log', () => {
  test.each([
    ['1, "a", true, null, undefined', '1 a true null undefined'],
    ['[1, "a", [2, [3, [4]]]]', "[ 1, 'a', [ 2, [ 3, [Array] ] ] ]"],
    ['{ a: 1, "b-c": { d: 2n } }', "{ a: 1, 'b-c': { d: 2n } }"],
    ['new Map([[1, { a: 2 }]]), new Set(["x"])', "Map(1) { 1 => { a: 2 } } Set(1) { 'x' }"],
    ['class A {}, function f() {}, () => 1', '[class A] [Function: f] [Function (anonymous)]'],
    ['new (class Point { x = 1 })()', 'Point { x: 1 }'],
    ['Promise.resolve(4), new Promise(() => {})', 'Promise { 4 } Promise { <pending> }'],
    ['{ get a() { throw 1; } }', '{ a: [Getter] }'],
    ['-0, [-0], Symbol("s"), /x/g', '-0 [ -0 ] Symbol(s) /x/g'],
    ['[, 1, , ,]', '[ <1 empty item>, 1, <2 empty items> ]'],
    ['new Uint8Array(2)', 'Uint8Array(2) [ 0, 0 ]'],
    ['"it\'s", ["it\'s"]', `it's [ "it's" ]`],
  ])('prints %s', (values, text) => {
    expect(lines(`console.log(${values});`)).toEqual([text]);
  });

  test('marks what contains itself', () => {
    expect(lines('const a = { b: 1 }; a.self = a; console.log(a);')).toEqual([
      '<ref *1> { b: 1, self: [Circular *1] }',
    ]);
  });
});
