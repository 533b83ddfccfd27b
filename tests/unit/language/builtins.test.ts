import { describe, expect, test } from 'vitest';
import { runSnippet } from '../../conformance/run-snippet.ts';

const lines = (source: string) => runSnippet(source).lines;

/** A callback long enough to be suspended several times. */
const WORK = 'let turns = 0; const work = () => { for (let i = 0; i < 1500; i++) turns++; };';

describe('callbacks of built-ins can be suspended and change nothing about the result', () => {
  test.each([
    '[3, 1, 2].map((v, i) => (work(), v * 10 + i))',
    '[3, , 2].map((v) => (work(), v))',
    '[3, 1, 2].filter((v) => (work(), v > 1))',
    '[3, 1, 2].some((v) => (work(), v === 1))',
    '[3, 1, 2].every((v) => (work(), v > 1))',
    '[3, 1, 2].find((v) => (work(), v < 3))',
    '[3, 1, 2].findIndex((v) => (work(), v < 3))',
    '[3, 1, 2].findLast((v) => (work(), v < 3))',
    '[3, 1, 2].findLastIndex((v) => (work(), v < 3))',
    '[3, 1, 2].flatMap((v) => (work(), [v, [v]]))',
    '[3, 1, 2].reduce((a, v) => (work(), a + v), "")',
    '[3, 1, 2].reduceRight((a, v) => (work(), a + v), "")',
    '[3, 1, undefined, 2].sort((a, b) => (work(), a - b))',
    '[3, 1, 2].toSorted((a, b) => (work(), b - a))',
    'Array.from({ length: 3 }, (_, i) => (work(), i * i))',
    'Array.from(new Set([1, 2]), (v) => (work(), v + 1))',
    '[...new Float64Array([3, 1, 2]).map((v) => (work(), v * 2))]',
    '[...new Int8Array([3, 1, 2]).sort((a, b) => (work(), a - b))]',
    '[...new Int8Array([3, 1, 2]).filter((v) => (work(), v > 1))]',
    '"a1b22".replace(/[0-9]+/g, (m, at) => (work(), m + "@" + at))',
    '"axbx".replaceAll("x", (m, at) => (work(), at))',
    '"2026-01".replace(/(?<y>[0-9]+)-/, (...all) => (work(), all.at(-1).y + "/"))',
    'Object.groupBy([1, 2, 3], (v) => (work(), v % 2 ? "odd" : "even")).odd',
    'Map.groupBy([1, 2, 3], (v) => (work(), v % 2)).get(1)',
    '((...a) => (work(), a)).call(null, 1, 2)',
    '((...a) => (work(), a)).apply(null, [1, 2])',
    '((...a) => (work(), a)).bind(null, 1)(2)',
    'Reflect.apply((...a) => (work(), a), null, [1, 2])',
    'new (function (v) { work(); this.v = v; }.bind(null, 5))().v',
    'Reflect.construct(class { constructor(v) { work(); this.v = v; } }, [6]).v',
  ])('%s', (expression) => {
    const native = new Function(`${WORK} return JSON.stringify(${expression});`)();
    expect(lines(`${WORK} console.log(JSON.stringify(${expression}));`)).toEqual([native]);
  });

  test('forEach of maps and sets sees what callbacks add', () => {
    const source = `${WORK}
      const m = new Map([[1, 'a']]);
      m.forEach((v, k) => { work(); console.log(k, v); if (k < 3) m.set(k + 1, v + k); });
      const s = new Set([1]);
      s.forEach((v) => { work(); console.log(v); if (v < 3) s.add(v + 1); });`;
    expect(lines(source)).toEqual(['1 a', '2 a1', '3 a12', '1', '2', '3']);
  });

  test('an error in a callback comes out of the built-in', () => {
    const source = `${WORK}
      try { [1].forEach(() => { work(); throw new Error('inside'); }); } catch (e) { console.log(e.message); }`;
    expect(lines(source)).toEqual(['inside']);
  });

  test('short arrays are compared in the order V8 compares them', () => {
    const program =
      'const seen = []; [5, 2, 9, 1, 5, 6].sort((a, b) => { seen.push(a + ":" + b); return a - b; });';
    const native = new Function(`${program} return seen.join();`)();
    expect(lines(`${program} console.log(seen.join());`)).toEqual([native]);
  });

  test('long arrays are sorted stably', () => {
    const source = `
      const items = Array.from({ length: 500 }, (_, i) => ({ key: (i * 7919) % 17, i }));
      items.sort((a, b) => a.key - b.key);
      console.log(items.every((item, n) => n === 0 || items[n - 1].key < item.key || items[n - 1].i < item.i));`;
    expect(lines(source)).toEqual(['true']);
  });

  test('Array.fromAsync awaits values and uses the realm’s promises', () => {
    const source = `
      const p = Array.fromAsync([1, Promise.resolve(2)], (v) => v * 2);
      console.log(p instanceof Promise, await p);`;
    expect(lines(source)).toEqual(['true [ 2, 4 ]']);
  });

  test('console.log places values where its first one says', () => {
    const source = `
      console.log('%s is %d years and %i, %f', 'Bob', 42.5, '42.9px', '1.5e1x', 'more', { a: 1 });
      console.log('%o %O %j%c %%', [1], { b: 'x' }, null, 'color: red');
      console.log('100% of', 3, '%d', 4);
      console.log('%d', 5n, '%s'); console.log('%s and %s', 1); console.log('%%');`;
    expect(lines(source)).toEqual([
      'Bob is 42.5 years and 42, 15 more { a: 1 }',
      "[ 1 ] { b: 'x' } null %",
      '100% of 3 %d 4',
      '5n %s',
      '1 and %s',
      '%%',
    ]);
  });
});
