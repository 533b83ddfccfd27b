import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AutomatonExecution } from '../../../src/engine/explorer/automaton/automaton-execution.ts';
import { Exploration, type Strategy } from '../../../src/engine/explorer/exploration.ts';
import { ProgramExecution } from '../../../src/engine/explorer/program-execution.ts';
import type { Subject } from '../../../src/engine/explorer/subject.ts';
import { compile } from '../../../src/engine/index.ts';
import { createLibrary } from '../../../src/engine/library/index.ts';

function executionOf(source: string): ProgramExecution {
  return new ProgramExecution(compile(source, { watched: true }), createLibrary(), { seed: 1 });
}

/** Everything a search finds, in the order in which it finds it. */
function findings(subject: Subject, strategy: Strategy, max = 3_000) {
  const search = new Exploration(subject, { strategy, max, seed: 1, steps: 2_000 });
  while (!search.advance(1_000));
  const { executions, complete, schedules, redundant, outcomes, failures, races } = search;
  return {
    executions,
    complete,
    schedules,
    redundant,
    outcomes: [...outcomes.values()],
    failures: [...failures.values()],
    races: [...races.entries()].map(([key, { choices }]) => ({ key, choices })),
  };
}

/** Walked and executed; true where the program could be walked. */
function compare(source: string, strategy: Strategy, max?: number): boolean {
  const walked = new AutomatonExecution(executionOf(source));
  expect(findings(walked, strategy, max)).toEqual(findings(executionOf(source), strategy, max));
  return walked.problem === null;
}

/** Each execution of these takes long. */
const SLOW: ReadonlySet<string> = new Set(['spin-forever.ts', 'file-system.ts', 'file-system-fixed.ts']);

const folder = new URL('../programs/', import.meta.url);

describe('walking the trees of threads finds what executing the program finds', () => {
  for (const file of readdirSync(folder).filter((name) => !SLOW.has(name)))
    test(file, () => {
      const source = readFileSync(new URL(file, folder), 'utf8');
      for (const strategy of ['dpor', 'all', 'random', 'pct'] as const) compare(source, strategy, 200);
    });
});

const VARIABLES = ['x', 'y', 'z', 'o.p', 'o.q', 'v[0]', 'v[1]', 'w[0].k'];
const variable = fc.constantFrom(...VARIABLES);
const constant = fc.integer({ min: 1, max: 2 });
const condition = fc.constantFrom('===', '<', '!==');

/** A statement of a thread that keeps its own text in `own`. */
const simple = (own: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.tuple(variable, constant).map(([v, n]) => `${v} = ${n};`),
    variable.map((v) => `${own} += ${v};`),
    variable.map((v) => `${v}++;`),
    fc.tuple(variable, variable).map(([v, w]) => `${v} = ${w};`),
    constant.map((n) => `a.add(${n});`),
    fc.constant(`${own} += a.load();`),
    fc.tuple(constant, constant).map(([n, m]) => `${own} += a.compareExchange(${n}, ${m});`),
    variable.map((v) => `m.lock(); ${v}++; m.unlock();`),
    variable.map((v) => `if (m.tryLock()) { ${v} = 7; m.unlock(); }`),
    fc.constant('s.release();'),
    fc.constant(`${own} += s.tryAcquire();`),
    fc.constant('s.acquire();'),
    fc.constant(`print(${own});`),
    fc.constant(`r = { n: x };`),
    fc.constant(`${own} += r === null ? '-' : r.n;`),
    fc.constant(`if (r) r.n++;`),
    fc.constant(`${own} += v.join('');`),
    fc.constant(`for (const each of v) ${own} += each;`),
    fc.constant('b.wait();'),
    fc.constant('c.send(x);'),
    fc.constant(`${own} += c.receive();`),
    fc.constant('m.lock(); while (x === 0) k.wait(); m.unlock();'),
    fc.constant('m.lock(); x = 1; k.signal(); m.unlock();'),
    fc.constant('m.lock(); k.broadcast(); m.unlock();'),
    fc.constant('l.readLock(); y++; l.readUnlock();'),
    fc.constant('l.writeLock(); y++; l.writeUnlock();'),
    variable.map((v) => `assert(${v} < 3, '${v} grew');`),
    fc.tuple(variable, condition, constant, variable).map(([v, o, n, w]) => `if (${v} ${o} ${n}) ${w} = 3;`),
  );

const threads = fc.tuple(
  fc.array(simple('s0'), { minLength: 1, maxLength: 3 }),
  fc.array(simple('s1'), { minLength: 1, maxLength: 3 }),
  fc.array(simple('own'), { maxLength: 2 }),
  fc.boolean(),
);

function programOf([first, second, main, joinsFirst]: readonly [
  string[],
  string[],
  string[],
  boolean,
]): string {
  const join = 't0.join(); t1.join();';
  return `import { assert, Atomic, Barrier, Channel, Condition, Mutex, print, RWLock, Semaphore, Thread } from 'interleave';
let x = 0, y = 0, z = 0, own = '', s0 = '', s1 = '';
let r: { n: number } | null = null;
const o = { p: 0, q: 0 }, v = [0, 0], w = Array.from({ length: 1 }, () => ({ k: 0 }));
const a = new Atomic(0), m = new Mutex('m'), k = new Condition(m), s = new Semaphore(1, 's');
const b = new Barrier(2, 'b'), c = new Channel<number>(1, 'c'), l = new RWLock('l');
const t0 = new Thread(() => { ${first.join(' ')} });
const t1 = new Thread(() => { ${second.join(' ')} });
${joinsFirst ? join : ''}
${main.join('\n')}
${joinsFirst ? '' : join}
print(own, s0, s1, x, y, z, o, v, w, a.load(), r?.n);`;
}

describe('random programs', () => {
  test('are walked as they are executed', () => {
    let walked = 0;
    fc.assert(
      fc.property(threads, (parts) => {
        const source = programOf(parts);
        if (compare(source, 'dpor', 400)) walked++;
        compare(source, 'all', 400);
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(walked).toBeGreaterThan(20);
  });

  test('have the same outcomes and as many schedules whether or not they are reduced', () => {
    fc.assert(
      fc.property(threads, (parts) => {
        const source = programOf(parts);
        const all = findings(new AutomatonExecution(executionOf(source)), 'all', 20_000);
        fc.pre(all.complete && all.failures.every(({ kind }) => kind === 'deadlock'));
        const reduced = findings(new AutomatonExecution(executionOf(source)), 'dpor', 20_000);
        const texts = (found: typeof all) => found.outcomes.map(({ stdout }) => stdout.join('\n')).sort();
        expect(texts(reduced)).toEqual(texts(all));
        expect(reduced.schedules).toBe(all.schedules);
        expect(reduced.redundant).toBe(0);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
