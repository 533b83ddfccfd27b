import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/engine/machine/random.ts';
import { compile, start } from '../../../src/engine/session.ts';

/** A comment that names what may hook into accesses: the compiler makes no sprints then. */
const NO_SPRINTS = '\n// defineProperty';
const VALUES =
  'i|x|y|s|1|0.5|a[i % 9]|b[(i * 7) % 40]|o.p|o.q|rows[i % 3][i % 5]|f[i & 7]|a.length|Math.abs(x)|k';
const TARGETS = 'x|y|s|a[i % 9]|b[(i * 3) % 40]|o.p|o.q|rows[i % 3][i % 5]|f[i & 7]|k';
const HEADS =
  'for (let i = 0; i < 90; i++)|for (let i = 0; i < 70; i += 2)|for (let i = 80; i > 0; i--)|let i = 0; while (i++ < 60)';

/** A loop in a loop over variables, properties, arrays and views. */
function program(random: Random): string {
  const one = (list: string) => list.split('|')[random.below(list.split('|').length)] as string;
  const value = (depth: number): string =>
    depth === 0 ? one(VALUES) : `(${value(depth - 1)} ${one('+|-|*|%')} ${value(random.below(2))})`;
  const statement = (depth: number): string => {
    const inner = () => (depth > 0 ? statement(depth - 1) : '');
    return [
      () => `${one(TARGETS)} ${one('=|+=|-=')} ${value(2)};`,
      () => `if (${value(1)} > ${value(1)}) { ${inner()} }`,
      () => `if (${value(1)} > ${random.below(2000)}) ${one('continue|break')};`,
      () => `{ const t = ${value(1)}; k = t % 7; }`,
      () => `switch (i % 4) { case 1: ${inner()} break; case 2: y++; default: k = i; }`,
    ][random.below(5)]?.() as string;
  };
  const body = Array.from({ length: 1 + random.below(4) }, () => statement(2)).join(' ');
  return `let x = 1, y = 0, s = 5, k = 0; const a = [1, 2, 3, 4, 5, 6, 7, 8, 9], b = [], o = { p: 1, q: 2 };
    const rows = [[1, 2, 3, 4, 5], [0, 0, 0, 0, 0], [9, 8, 7, 6, 5]], f = new ${one('Float64Array|Int16Array|Uint8Array')}(8);
    for (let j = 0; j < 40; j++) b.push(j);
    for (let round = 0; round < 5; round++) { ${one(HEADS)} { ${body} } }
    console.log([x, y, s, k, a, b, o.p, o.q, rows, f].join(';'));`;
}

function run(source: string, quantum: number) {
  const machine = start(compile(source, { name: 'random.ts' }), { quantum });
  while (!machine.advance(1e6));
  return machine.report();
}

describe('sprints of random loops', () => {
  test.each([1, 2, 3, 4])('compute what Node computes, at the cost of the loop itself: seed %i', (seed) => {
    const random = new Random(seed);
    for (let i = 0; i < 12; i++) {
      const source = program(random);
      const native: string[] = [];
      new Function('console', source)({ log: (line: string) => native.push(line) });
      for (const quantum of [137, 3000, 10_000]) {
        const report = run(source, quantum);
        expect(report, source).toEqual(run(source + NO_SPRINTS, quantum));
        expect(
          report.stdout.map(({ text }) => text),
          source,
        ).toEqual(native);
      }
    }
  });
});
