import { describe, expect, test } from 'vitest';
import { defineKernelCall } from '../../../src/engine/language/index.ts';
import { theRealm } from '../../../src/engine/language/runtime/realm.ts';
import { runSnippet } from '../../conformance/run-snippet.ts';

/** `canBlock()` tells whether a kernel call could block the thread where it is called. */
const library = { canBlock: defineKernelCall(() => theRealm().runtime.step === 0) };

const seen = (source: string) => {
  const { lines, error } = runSnippet(`import { canBlock } from 'interleave'; ${source}`, library);
  expect(error).toBeUndefined();
  return lines;
};

const SAY = 'const say = () => { console.log(canBlock()); return 1; };';

describe('suspendable', () => {
  test.each([
    'say()',
    '[1].map(say)',
    '[2, 1].sort(() => (say(), 0))',
    '"a".replace("a", say)',
    'new Map([[1, 1]]).forEach(say)',
    'Array.from([1], say)',
    'Array.from((function* () { yield say(); })(), (v) => v)',
    '[1].values().map(say).toArray()',
    'new Promise(() => say())',
    'Promise.resolve().then(say)',
    '(async () => { await null; say(); })()',
    '[...(function* () { yield say(); })()]',
    'for (const v of (function* () { yield say(); })()) v',
    'new (class { constructor() { say(); } })()',
    'new (class { x = say(); })()',
    'class A { static { say(); } }',
    'Reflect.construct(class { constructor() { say(); } }, [])',
    'setTimeout(say, 1)',
    'queueMicrotask(say)',
    'say.call(null)',
    'say.bind(null)()',
    '((a = say()) => a)()',
    'Promise.resolve({ then(f) { say(); f(); } })',
    '({ [Symbol.iterator]: function* () { say(); } })[Symbol.iterator]().next()',
    'String.raw`${say()}`',
    'JSON.stringify({ toJSON: say })',
    'JSON.stringify([1n, new (class { toJSON() { return say(); } })()].slice(1))',
    'JSON.stringify(1, say)',
    'JSON.parse("1", say)',
    'new Set((function* () { say(); })())',
    'new (class extends Map { set(k, v) { say(); return super.set(k, v); } })([[1, 2]])',
    'Object.fromEntries((function* () { say(); })())',
    'new Uint8Array((function* () { yield say(); })())',
  ])('%s', (expression) => {
    expect(seen(`${SAY} ${expression};`)).toEqual(['true']);
  });
});

describe('one step', () => {
  test.each([
    ['a conversion', '`${{ toString() { say(); return ""; } }}`'],
    ['valueOf', '+{ valueOf: say }'],
    ['Symbol.toPrimitive', '`${{ [Symbol.toPrimitive]: say }}`'],
    ['a trap of a proxy', 'new Proxy({}, { has: say }), "a" in new Proxy({}, { has: say })'],
    ['Symbol.hasInstance', '({}) instanceof { [Symbol.hasInstance]: say }'],
    ['Symbol.split', '"a".split({ [Symbol.split]: say })'],
    [
      'the keys of a set-like object',
      'new Set([1]).union({ size: 1, has: say, keys: () => (say(), [].values()) })',
    ],
    ['then as a getter', 'Promise.resolve({ get then() { say(); } })'],
    ['a getter read by a built-in', 'Object.assign({}, { get a() { return say(); } })'],
  ])('%s', (_name, expression) => {
    expect(seen(`${SAY} ${expression};`)).toEqual(['false']);
  });
});
