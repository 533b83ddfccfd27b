import { describe, expect, test } from 'vitest';
import { compile, explore } from '../../../src/engine/index.ts';

interface Sound {
  readonly executions: number;
  readonly complete: boolean;
  readonly interleavings: string | null;
  readonly outcomes: readonly string[];
}

function explored(source: string, strategy: 'dpor' | 'all'): Sound {
  const search = explore(compile(source), { strategy });
  while (!search.advance(1_000));
  const { executions, outcomes, complete, interleavings } = search.result();
  const texts = outcomes.map(({ stdout, status }) => `${status}: ${stdout.join(' / ')}`);
  return { executions, complete, interleavings, outcomes: texts.sort() };
}

/** The reduction leaves no outcome out and accounts for every schedule. */
function expectSound(source: string): void {
  const reduced = explored(source, 'dpor');
  const all = explored(source, 'all');
  expect(reduced).toEqual({ ...all, executions: reduced.executions });
  expect(all.interleavings).toBe(String(all.executions));
}

describe('the same object and property is the same variable in all schedules, whoever comes to it first', () => {
  const head = `import { Atomic, Mutex, print, Thread } from 'interleave';
let r: { n: number } | null = null, s0 = '', s1 = '';
const m = new Mutex('m'), a = new Atomic(0);
const run = (...bodies: (() => void)[]) => { const ts = bodies.map((f) => new Thread(f)); for (const t of ts) t.join(); };\n`;
  test('properties of an object', () => {
    expectSound(`${head}const o = { q: 0 }, w = [{ k: 0 }, { k: 0 }];
run(
  () => { r = { n: w[0].k }; if (m.tryLock()) { w[0].k = 7; m.unlock(); } },
  () => { s1 += r === null ? '-' : r.n; if (w[0].k === 1) o.q = 3; s1 += a.compareExchange(0, 2); });
print(s1, o.q, w[0].k);`);
  });
  test('an object that a thread makes', () => {
    expectSound(`${head}const v = [0, 0, 0], w = [{ k: 0 }, { k: 0 }];
run(
  () => { s0 += r === null ? '-' : r.n; w[1].k++; },
  () => { r = { n: v[1] }; { const t = { a: 2 }; t.a += v[1]; r = { n: t.a }; } },
  () => { if (r) r.n++; });
print(s0, w[1].k, r?.n);`);
  });
  test('what a built-in has made', () => {
    expectSound(`${head}class C { f = 0; bump() { this.f += 1; } }
const c = new C(), v = [0, 0, 0], w = Array.from({ length: 2 }, () => ({ k: 0 }));
run(
  () => { m.withLock(() => { v[2]++; }); c.bump(); s0 += w[0].k; },
  () => { s1 += a.compareExchange(0, 1); v[0]++; r = { n: w[0].k }; },
  () => { if (r) r.n++; });
print(s0, s1, v[0], v[2], c.f, r?.n);`);
  });
});

describe('built-ins that look at what threads share', () => {
  const head = `import { print, Thread } from 'interleave';
let v = [0, 0], s = '';
const run = (...bodies: (() => void)[]) => { const ts = bodies.map((f) => new Thread(f)); for (const t of ts) t.join(); };\n`;
  test.each([
    ['join', `() => { s += v.join(''); }, () => { v[0] = 1; v[1] = 1; }`],
    ['a spread', `() => { v = [...v, 1]; }, () => { v[0] = 2; }`],
    ['forEach', `() => { v.forEach((x) => { s += x; }); }, () => { v.push(2); v[0] = 1; }`],
    ['for-of', `() => { for (const x of v) s += x; }, () => { v.push(2); }`],
    ['reduce', `() => { s += v.reduce((a, b) => a + b); }, () => { v[0]++; }, () => { v[1]++; }`],
    [
      'a store behind the end',
      `() => { s += v.pop(); s += v.length; }, () => { v[1] = 7; }, () => { v.push(3); }`,
    ],
    ['sort', `() => { v.sort(); }, () => { v[0] = 2; v[1] = 1; }`],
  ])('%s', (_name, bodies) => {
    expectSound(`${head}run(${bodies});\nprint(s, v.join(''));`);
  });
});

test('what threads share is printed as it is, not as it was in another schedule', () => {
  const source = `import { print, Thread } from 'interleave';
const o = { x: 0, list: [0, 0] };
const a = new Thread(() => { o.x = 1; o.list[0] = 1; }), b = new Thread(() => { o.x = 2; o.list[0] = 2; });
a.join(); b.join();
print(o, \`\${o.list}\`, 'x' + o.list, JSON.stringify(o), [...o.list]);`;
  expectSound(source);
  expect(explored(source, 'dpor').outcomes).toHaveLength(4);
});

test('an object that is never replaced is no variable: its loads are no steps', () => {
  const source = `import { Mutex, Thread } from 'interleave';
class Fork { readonly lock = new Mutex(); }
const forks = [new Fork(), new Fork(), new Fork()];
const ts = forks.map((fork, i) => new Thread(() => {
  const next = forks[(i + 1) % 3]!;
  fork.lock.lock(); next.lock.lock(); next.lock.unlock(); fork.lock.unlock();
}));
for (const t of ts) t.join();`;
  expect(explored(source, 'dpor')).toMatchObject({ executions: 7, interleavings: '168' });
});

describe('what a thread inherits from its maker', () => {
  const loop = (before: string, after: string) => `import { print, Thread } from 'interleave';
const ts: Thread<void>[] = [], seen = [0, 0];
for (let i = 0; i < 2; i++) {
  let k = i;
  ${before}
  ts.push(new Thread(() => { seen[i] = k; }));
  ${after}
}
for (const t of ts) t.join();
print(seen.join());`;
  test('is its own: a loop that makes threads has no steps', () => {
    expect(explored(loop('k++;', ''), 'all')).toMatchObject({ executions: 1, outcomes: ['exited: 1,2'] });
  });
  test('is shared where its maker goes on using it', () => {
    expectSound(loop('', 'k += 5;'));
    expect(explored(loop('', 'k += 5;'), 'dpor').outcomes).toHaveLength(4);
  });
});

test('a thread that nobody has joined yet is not taken for one that never was', () => {
  const source = `import { print, Thread } from 'interleave';
let x = 0, y = 0, r = -1;
const t = new Thread(() => { r = y; x = 1; });
y = 1;
const q = x;
t.join();
print(q, r);`;
  for (const strategy of ['dpor', 'all'] as const) {
    const search = explore(compile(source), { strategy });
    while (!search.advance(1_000));
    const { outcomes, complete, interleavings } = search.result();
    expect({ complete, interleavings }).toEqual({ complete: true, interleavings: '6' });
    expect(outcomes.map(({ stdout }) => stdout.join()).sort()).toEqual(['0 0', '0 1', '1 0', '1 1']);
  }
});
