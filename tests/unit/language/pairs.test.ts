import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/engine/machine/random.ts';
import { compile, start } from '../../../src/engine/session.ts';

/** A comment that names what may hook into accesses: the compiler makes no pairs then. */
const NO_PAIRS = '\n// defineProperty';

const PLACES = 'total|box.n|box.m|list[3]|list[i & 7]|view[i & 3]|text.s|cell.n|wide.big';
const CHANGES =
  '@++;|--@;|@ += 2;|@ -= i;|@ *= 3;|@ += "x";|got = @++;|counted.up();|got = (@ += i);|@ %= 1009;|@ += half;';

/** Threads that change what they share, one access here and one there. */
function program(random: Random): string {
  const one = (list: string) => list.split('|')[random.below(list.split('|').length)] as string;
  const step = () => one(CHANGES).replace('@', one(PLACES));
  const body = () => Array.from({ length: 1 + random.below(4) }, step).join(' ');
  const thread = () =>
    `() => { let got = 0, half = 0.5; for (let i = 0; i < 7000; i++) { try { ${body()} } catch (e) { caught += e.name; } if (i % 900 === 0) { total = i; box.n = box.m = 0; text.s = ''; wide.big = 7n; list.fill(1); caught = ''; } } }`;
  return `import { Thread, print } from 'interleave';

    class Cell { #n = 0; up() { return this.#n++; } }
    const counted = new Cell();
    let total = 0, caught = ''; const box = { n: 0, m: 1 }, list = [1, 2, 3, 4, 5, 6, 7, 8], view = new Int16Array(4), text = { s: '' }, cell = { n: Symbol('no number') }, wide = { big: 7n };
    const bodies = [${thread()}, ${thread()}, ${thread()}].map((body) => new Thread(body));
    for (const it of bodies) it.join();
    print([total, box.n, box.m, list, view, String(text.s).length, wide.big, caught.length].join(';'));`;
}

function run(source: string, quantum: number, cores: number) {
  const machine = start(compile(source, { name: 'pairs.ts' }), { quantum, cores });
  while (!machine.advance(1e6));
  return machine.report();
}

describe('a load and a store that are asked for together', () => {
  test.each([1, 2, 3])('cost what they cost apart, also where an error comes in between: seed %i', (seed) => {
    const random = new Random(seed);
    for (let i = 0; i < 2; i++) {
      const source = program(random);
      expect(compile(source, { name: 'pairs.ts' }).code).toContain('/*pair*/');
      expect(compile(source + NO_PAIRS, { name: 'pairs.ts' }).code).not.toContain('/*pair*/');
      for (const [quantum, cores] of [
        [150, 1],
        [3000, 2],
      ] as const) {
        const report = run(source, quantum, cores);
        expect(report.status).toBe('exited');
        expect(report).toEqual(run(source + NO_PAIRS, quantum, cores));
      }
    }
  });

  test('nothing that may stop, or run code, comes in between', () => {
    const code = (text: string) => compile(text, { name: 'pairs.ts' }).code;
    expect(code('const o = { n: 1 }; o.n += f(); function f() { return o.n; }')).not.toContain('/*pair*/');
    expect(code('const o = { n: 1 }; o.n += o.n;')).not.toContain('/*pair*/');
    expect(code('const o = { valueOf() { return 1; } }, p = { o }; p.o++;')).not.toContain('/*pair*/');
  });
});
