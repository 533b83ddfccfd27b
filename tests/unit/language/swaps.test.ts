import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/engine/machine/random.ts';
import { compile, start } from '../../../src/engine/session.ts';

function run(source: string, quantum = 10_000) {
  const machine = start(compile(source, { name: 'swaps.ts' }), { quantum });
  while (!machine.advance(1e6));
  return machine.report();
}

const printed = (source: string, quantum?: number): string[] =>
  run(source, quantum).stdout.map(({ text }) => text);

/** What the engine below prints. */
function native(source: string): string[] {
  const lines: string[] = [];
  new Function('console', `"use strict";${source}`)({
    log: (...values: unknown[]) => lines.push(values.map(String).join(' ')),
  });
  return lines;
}

const makesArray = (source: string): boolean =>
  compile(source, { name: 'swaps.ts' }).code.includes('$.cursor');

const MEANT: Readonly<Record<string, string>> = {
  'variables and elements': `let a = 1, b = 2, c = 3; const list = [5, 6, 7];
    [a, b, c] = [c, a, b]; [list[0], list[2], a] = [list[2], list[0], list[1]]; console.log(a, b, c, list.join());`,
  'in their order, values first': `const seen = []; const log = (x) => { seen.push(x); return x; }; const o = { x: 0, y: 0 };
    const at = (k) => { log('object ' + k); return o; };
    [at(1)[log('x')], at(2)[log('y')]] = [log('first'), log('second')]; console.log(seen.join(), o.x, o.y);`,
  'the index is looked at when its turn comes': `let i = 0; const list = [0, 0, 0]; [i, list[i]] = [2, 'two']; console.log(i, list.join());`,
  'constants and dead zones': `const c = 1; let d = 1; const got = [];
    try { [d, c] = [2, 3]; } catch (e) { got.push(e.name + d); }
    try { [d, later] = [4, 5]; let later; } catch (e) { got.push(e.name + d); }
    try { [d, null.x] = [6, 7]; } catch (e) { got.push(e.name + d); } console.log(got.join());`,
  'the update of a loop': `let a = 0, b = 1, s = ''; for (let n = 0; n < 12; [a, b] = [b, a + b]) { n++; s += a + ' '; } console.log(s);`,
  'fields, and functions without a name': `class P { #u = 1; v = 2; turn() { [this.#u, this.v] = [this.v, this.#u]; return this.#u * 10 + this.v; } }
    let f, g; [f, g] = [() => 1, function () {}]; console.log(new P().turn(), f.name === '', g.name === '');`,
};

const KEPT: Readonly<Record<string, string>> = {
  'the array is used': 'let a = 1, b = 2; const c = ([a, b] = [b, a]); console.log(a, b, c.length);',
  'fewer values than targets': 'let a = 1, b = 2; [a, b] = [3]; console.log(a, b);',
  'a rest, a default, a hole':
    'let a, b, c; [a = 5, ...b] = [void 0, 2, 3]; [, c] = [1, 4]; console.log(a, b.join(), c);',
  'arrays are iterated in another way': `const old = Array.prototype[Symbol.iterator]; let a = 1, b = 2;
    Array.prototype[Symbol.iterator] = function () { return old.call([7, 8]); }; [a, b] = [b, a];
    Array.prototype[Symbol.iterator] = old; console.log(a, b);`,
};

describe('values that change places', () => {
  test.each(Object.entries(MEANT))('mean what they mean with an array, and make none: %s', (_, source) => {
    expect(makesArray(source)).toBe(false);
    expect(printed(source)).toEqual(native(source));
  });

  test.each(Object.entries(KEPT))('are an array where that can be told: %s', (_, source) => {
    expect(makesArray(source)).toBe(true);
    expect(printed(source)).toEqual(native(source));
  });

  test.each([1, 2, 3])('cost the same in a sprint as in the loop itself: seed %i', (seed) => {
    const random = new Random(seed);
    const one = (list: readonly string[]) => list[random.below(list.length)] as string;
    const places = ['x', 'y', 'list[i % 20]', 'list[(i * 7) % 20]', 'o.p', 'o.q', 'view[i & 7]'];
    for (let i = 0; i < 8; i++) {
      const [a, b, c, d] = [one(places), one(places), one(places), one(places)];
      const source = `let x = 1, y = 2; const o = { p: 3, q: 4 }, list = [], view = new Int32Array(8); for (let k = 0; k < 20; k++) list.push(k);
        for (let i = 0; i < 900; i++) { if (list[i % 20] > ${one(['x', '4', 'o.q'])}) [${a}, ${b}] = [${c}, ${d} + 1]; }
        console.log([x, y, o.p, o.q, list, view].join(';'));`;
      for (const quantum of [137, 10_000]) {
        const report = run(source, quantum);
        expect(report, source).toEqual(run(`${source}\n// defineProperty`, quantum));
        expect(
          report.stdout.map(({ text }) => text),
          source,
        ).toEqual(native(source));
      }
    }
  });
});
