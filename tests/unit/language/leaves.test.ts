import { describe, expect, test } from 'vitest';
import { load } from '../../../src/engine/language/runtime/load.ts';
import { compile, start } from '../../../src/engine/session.ts';

/** A comment that names what may hook into accesses: the compiler makes no leaves then. */
const NO_LEAVES = '\n// defineProperty';

const POINTS = `
  class Point {
    x = 1; y = 2; moves = 0;
    move(by) { this.x += by.x; this.y += by.y; this.moves++; return this; }
    take(other) { this.moves++; other.x = 0; this.moves++; return other.x; }
    far(limit) { if (this.x > limit) { this.moves = 0; return 'far'; } this.y = limit; }
  }
  const size = (p) => Math.sqrt(p.x * p.x + p.y * p.y);
  const points = [];
  for (let i = 0; i < 500; i++) points.push(new Point());`;

const PROGRAMS: Readonly<Record<string, string>> = {
  'methods and functions on many objects': `${POINTS}
    let sum = 0;
    for (let round = 0; round < 20; round++)
      for (let i = 1; i < points.length; i++) {
        sum += size(points[i].move(points[i - 1]));
        if (points[i].far(1e6) === 'far') points[i].x = 1;
      }
    console.log(sum > 0);`,
  'errors half-way': `${POINTS}
    const frozen = Object.freeze({ x: 1n });
    const errors = new Set();
    for (let i = 0; i < 300; i++)
      for (const wrong of [frozen, null, undefined, 5, 'text']) {
        try { points[0].take(wrong); } catch (error) { errors.add(error.message); }
        try { points[1].move(wrong); } catch (error) { errors.add(error.message); }
      }
    console.log(points[0].moves, [...errors].join('; '));`,
  'threads that race': `import { Thread } from 'interleave';
    ${POINTS}
    const run = (k) => () => { for (let i = 0; i < 2000; i++) { points[0].move(points[k]); size(points[i % 9]); } };
    for (const thread of [1, 2, 3].map((k) => new Thread(run(k)))) thread.join();
    console.log(points[0].moves > 0);`,
};

function run(source: string) {
  const program = compile(source, { name: 'leaves.ts' });
  const machine = start(program, { limits: { steps: 1e8 } });
  while (!machine.advance(1e6));
  const report = machine.report();
  return { leaves: program.code.split('$.leaf(').length - 1, report, trace: machine.trace() };
}

describe('a function that runs as a leaf', () => {
  test.each(Object.entries(PROGRAMS))('costs what it costs as a form, to the tick: %s', (_, source) => {
    const quick = run(source);
    const slow = run(source + NO_LEAVES);
    expect([quick.leaves > 0, slow.leaves]).toEqual([true, 0]);
    expect(quick.report.status).toBe('exited');
    expect(quick.report).toEqual(slow.report);
    expect(quick.trace).toEqual(slow.trace);
  });

  test.each([
    ['a loop', 'const f = (o) => { while (o.x > 0) o.x--; }; f({ x: 3 });'],
    ['a call', 'const g = (o) => o.x, f = (o) => g(o) + [o].map(String).length; f({ x: 3 });'],
    ['an element', 'const f = (o, i) => o[i]; f([1], 0);'],
    ['what another property holds', 'const f = (o) => o.next.x; f({ next: { x: 1 } });'],
    ['accessors in the program', 'const o = { get x() { return 1; } }; const f = (p) => p.x; f(o);'],
  ])('is none where there is %s', (_, source) => {
    const calls = source.includes('g = ') ? 1 : 0;
    expect(compile(source, { name: 'leaves.ts' }).code.split('$.leaf(').length - 1).toBe(calls);
  });
});

describe('a text that is run again', () => {
  test('shares its evaluated code with three runs more, then is evaluated anew', () => {
    const source = 'const again = { x: 1 }; again.x++;';
    const bodies = [1, 2, 3, 4, 5].map(() => load(compile(source, { name: 'again.ts' })).body);
    expect(new Set(bodies.slice(0, 4)).size).toBe(1);
    expect(bodies[4]).not.toBe(bodies[0]);
  });
});
