import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AutomatonExecution } from '../../../src/engine/explorer/automaton/automaton-execution.ts';
import { obliviousSites } from '../../../src/engine/explorer/automaton/oblivious.ts';
import { Exploration, type Strategy } from '../../../src/engine/explorer/exploration.ts';
import { ProgramExecution } from '../../../src/engine/explorer/program-execution.ts';
import type { Subject } from '../../../src/engine/explorer/subject.ts';
import { compile } from '../../../src/engine/index.ts';
import { createLibrary } from '../../../src/engine/library/index.ts';

const HEAD = `import { Atomic, Mutex, print, Semaphore, Thread } from 'interleave';
let x = 0, y = 0, own = 0, r = null;
const a = new Atomic(0), m = new Mutex('m'), s = new Semaphore(1, 's');
`;

/** What a thread is about to do where it has forgotten what it saw, as `name@column of its body`. */
function sitesOf(body: string, head = HEAD): string[] {
  const start = `${head}new Thread(() => { `.split('\n').at(-1)?.length ?? 0;
  const program = compile(`${head}new Thread(() => { ${body} });`, { watched: true });
  return [...obliviousSites(program)]
    .map((site) => program.sites[site])
    .sort((p, q) => (p?.column ?? 0) - (q?.column ?? 0))
    .map((site) => `${site?.name}@${(site?.column ?? 0) - start - 1}`);
}

describe('a thread has forgotten what it saw', () => {
  test('in front of a statement that begins with a load, or uses an object of the kernel', () => {
    expect(sitesOf('x++; y = x + 1; m.lock();')).toEqual(['x@0', 'x@9', '.lock@16']);
  });

  test('and still counts the turns of a loop', () => {
    expect(sitesOf('for (let i = 0; i < 3; i++) { m.lock(); x++; m.unlock(); }')).toHaveLength(3);
  });

  test('not while a variable holds it', () => {
    expect(sitesOf('const seen = x; m.lock(); x = 1;')).toEqual(['x@13']);
    expect(sitesOf('{ const seen = x; x = seen; } m.lock();')).toEqual(['x@15', '.lock@30']);
    expect(sitesOf('let n = 0; while (n < 3) { m.lock(); n = n + a.load(); }')).toEqual([]);
    expect(sitesOf('let n = 0, k = 0; while (n < 3) { m.lock(); n = k; k = x; }')).toEqual([]);
  });

  test('not in a branch that depends on it, nor where one decides what comes after', () => {
    expect(sitesOf('if (x > 0) { m.lock(); } s.acquire();')).toEqual(['.acquire@25']);
    expect(sitesOf('let n = 0; if (x > 0) n = 1; s.acquire();')).toEqual([]);
    expect(sitesOf('if (x > 0) return; s.acquire();')).toEqual([]);
    expect(sitesOf('for (let i = 0; i < 2; i++) { if (x > 0) break; m.lock(); }')).toEqual([]);
  });

  test('not where an argument is known before the call', () => {
    expect(sitesOf('a.add(x);')).toEqual([]);
    expect(sitesOf('a.add(1);')).toEqual(['.add@0']);
  });

  test('not in functions that do anything else', () => {
    for (const other of [
      'r = { x };',
      'r = [x];',
      'r = () => x;',
      'f();',
      'try { x++; } catch {}',
      'own.p++;',
    ])
      expect(sitesOf(`m.lock(); ${other}`, `${HEAD}const f = () => {};\n`)).toEqual([]);
  });

  test('not where a method may be another than it seems', () => {
    expect(sitesOf('m.lock();', `${HEAD}m.lock = () => {};\n`)).toEqual([]);
    expect(sitesOf('m.lock();', `${HEAD}{ const m = { lock() {} }; }\n`)).toEqual([]);
    expect(sitesOf('m.lock();', `${HEAD}Mutex.prototype.lock = () => {};\n`)).toEqual([]);
  });
});

function executionOf(source: string): ProgramExecution {
  return new ProgramExecution(compile(source, { watched: true }), createLibrary(), { seed: 1 });
}

function findings(subject: Subject, strategy: Strategy) {
  const search = new Exploration(subject, { strategy, max: 600, seed: 1, steps: 2_000 });
  while (!search.advance(1_000));
  const { executions, complete, schedules, outcomes, failures, races } = search;
  return {
    executions,
    complete,
    schedules,
    ends: [...outcomes],
    failed: [...failures],
    raced: [...races.keys()],
  };
}

const variable = fc.constantFrom('x', 'y', 'own');
const simple: fc.Arbitrary<string> = fc.oneof(
  variable.map((v) => `${v}++;`),
  fc.tuple(variable, variable).map(([v, w]) => `${v} = ${w} + 1;`),
  fc.tuple(variable, variable).map(([v, w]) => `{ const seen = ${v}; ${w} = seen * 2; }`),
  variable.map((v) => `m.lock(); ${v}++; m.unlock();`),
  variable.map((v) => `if (${v} > 1) { y = 7; a.add(2); }`),
  variable.map((v) => `if (${v} > 2) { m.unlock(); }`),
  variable.map((v) => `n = ${v};`),
  variable.map((v) => `k = k + ${v};`),
  variable.map((v) => `print(${v} + n);`),
  variable.map((v) => `r = ${v};`),
  fc.constantFrom(
    'a.add(1);',
    'x = a.load();',
    's.tryAcquire();',
    's.release();',
    'k++;',
    'n = 0;',
    'x = r;',
  ),
);
const thread = fc
  .tuple(fc.array(simple, { minLength: 1, maxLength: 3 }), fc.integer({ min: 2, max: 3 }), fc.boolean())
  .map(
    ([body, turns, counts]) =>
      `let n = 0, k = 0; for (let i = 0; i < ${turns}; i++) { ${body.join(' ')} ${counts ? 'if (n + k > 2) x = 5;' : ''} }`,
  );

/** Walks two threads of which the search asks at once what they forget, and executes them. */
function compare(first: string, second: string): void {
  const source = `${HEAD}const t = new Thread(() => { ${first} }), u = new Thread(() => { ${second} });
t.join(); u.join();
print(x, y, own, r, a.load());`;
  for (const strategy of ['dpor', 'all', 'random'] as const) {
    const subject = new AutomatonExecution(executionOf(source), 0);
    expect(findings(subject, strategy)).toEqual(findings(executionOf(source), strategy));
    expect(subject.problem).toBe(null);
  }
}

describe('threads are walked as they are executed', () => {
  for (const body of [
    'for (let i = 0; i < 3; i++) { m.lock(); x++; m.unlock(); }',
    'let n = 0; for (let i = 0; i < 2; i++) { n = x; x++; print(n); }',
    'for (let i = 0; i < 3; i++) { if (x > 1) { a.add(1); a.add(1); } x++; }',
    'for (let i = 0; i < 3; i++) { if (x > 1) break; x++; }',
    'for (let i = 0; i < 2; i++) { own = x; x++; m.lock(); m.unlock(); print(own); }',
    'for (let i = 0; i < 2; i++) { x = x + 1; m.unlock(); }',
  ])
    test(body, () => compare(body, body.replaceAll('own', 'y')));
});

test('random threads that forget are walked as they are executed', () => {
  fc.assert(fc.property(thread, thread, compare), { numRuns: 30, seed: 11 });
}, 60_000);
