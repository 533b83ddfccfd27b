import { describe, expect, test } from 'vitest';
import { compile, replay } from '../../../src/engine/index.ts';
import { explored, replayed } from './explored.ts';

const OBJECT = 'const o: any = { a: 0, b: 0 };';
const BOTH = 'o.a = 1; o.b = 1;';
const LIST = 'const a: number[] = [1, 2];';

function twoThreads(setup: string, writer: string, reader: string, last = ''): string {
  return `import { Thread, print } from 'interleave';
${setup}
const w = new Thread(() => { ${writer} });
const r = new Thread(() => { ${reader} });
w.join(); r.join();
${last}`;
}

/** Between the two stores of another thread there is a place of its own for the look: three outcomes. */
const SEEN_HALFWAY = ['0 0', '1 0', '1 1'];

describe('what built-ins and the language look at is a step', () => {
  test.each([
    ['JSON.stringify', 'const c = JSON.parse(JSON.stringify(o));'],
    ['spread', 'const c = { ...o };'],
    ['rest of a pattern', 'const { z, ...c } = o;'],
    ['rest of an assignment', 'let c: any, z; ({ z, ...c } = o);'],
    ['Object.values', 'const [a, b] = Object.values(o), c = { a, b } as any;'],
    ['Object.entries', 'const c = Object.fromEntries(Object.entries(o)) as any;'],
    ['Object.assign', 'const c: any = Object.assign({}, o);'],
    ['structuredClone', 'const c = structuredClone(o);'],
  ])('%s', (_, copy) => {
    const report = explored(twoThreads(OBJECT, BOTH, `${copy} print(c.a, c.b);`));
    expect(report.outcomes.map(({ stdout }) => stdout[0]).sort()).toEqual(SEEN_HALFWAY);
    expect(report).toMatchObject({ executions: 3, complete: true });
  });

  test.each([
    'for (const [key] of m) print(key);',
    'for (const key of m.keys()) print(key);',
    'm.forEach((_, key) => print(key));',
    'print([...m].length);',
    'const [first] = m; print(first);',
    'print(Array.from(m.values()).length);',
    'print(Object.fromEntries(m).k);',
    'for (const [, item] of list.entries()) print(item);',
    'print(Array.from(list));',
    'print(Math.max.apply(null, list));',
    'print(([] as number[]).concat(list));',
    'print(new Int32Array(list));',
  ])('a walk: %s', (walk) => {
    const setup = 'const m = new Map<string, number>(), list = [1];';
    const report = explored(twoThreads(setup, 'm.set("k", 1); list[0] = 2;', walk));
    expect(report).toMatchObject({ outcomes: { length: 2 }, complete: true });
  });

  test.each([
    'print(m)',
    'console.log([c])',
    'print(structuredClone(c).size)',
    'print(JSON.stringify([...c]))',
  ])('into maps and sets: %s', (call) => {
    const setup = 'const m = new Map([[1, { n: 1 }]]), c = new Set([{ n: 1 }]);';
    const report = explored(twoThreads(setup, 'm.set(2, { n: 2 }); c.add({ n: 2 });', `${call};`));
    expect(report).toMatchObject({ outcomes: { length: 2 }, complete: true, failures: [] });
  });

  test('what threads put into a map is met at every place of the walk where it can be', () => {
    const writer = 'm.set(2, "b"); m.delete(1); m.set(3, "c");';
    const report = explored(
      twoThreads(
        'const m = new Map([[1, "a"]]);',
        writer,
        'let s = ""; for (const [, v] of m) s += v; print(s);',
      ),
    );
    const seen = report.outcomes.map(({ stdout }) => stdout[0]);
    expect(seen.sort()).toEqual(['a', 'ab', 'abc', 'b', 'bc']);
  });

  test.each([
    'print(o)',
    'console.log(o)',
    'console.table(o)',
    'console.dir(o)',
    'console.assert(false, o)',
    'print("" + Object.values(o))',
    'print(`${Object.values(o)}`)',
  ])('%s', (call) => {
    expect(explored(twoThreads(OBJECT, BOTH, `${call};`))).toMatchObject({ executions: 3, complete: true });
  });

  test.each([
    ['keys and a new property', OBJECT, 'o.c = 1;', 'print(Object.keys(o).length);'],
    ['keys and a deletion', OBJECT, 'delete o.a;', 'print(Object.keys(o).length);'],
    ['in', OBJECT, 'o.c = 1;', 'print("c" in o);'],
    ['in and a deletion', OBJECT, 'delete o.a;', 'print("a" in o);'],
    ['hasOwn', OBJECT, 'o.c = 1;', 'print(Object.hasOwn(o, "c"));'],
    ['for-in', OBJECT, 'o.c = 1;', 'let s = ""; for (const k in o) s += k; print(s);'],
    ['defineProperty', OBJECT, 'Object.defineProperty(o, "a", { value: 7 });', 'print(o.a);'],
    ['freeze', OBJECT, 'Object.freeze(o);', 'try { o.a = 5; print("stored"); } catch { print("frozen"); }'],
    ['length and a new element', LIST, 'a[2] = 3;', 'print(a.length);'],
    ['a store to length and a load of it', LIST, 'a.length = 0;', 'print(a.length);'],
    ['a store to length and an element', LIST, 'a.length = 0;', 'print(a[0]);'],
    ['join and a new element', LIST, 'a[2] = 3;', 'print(a.join());'],
    ['JSON and a new element', LIST, 'a[2] = 3;', 'print(JSON.stringify(a));'],
    ['a text and a store', LIST, 'a[0] = 3;', 'print(`${a}`);'],
    ['a sum and a store', LIST, 'a[0] = 3;', 'print("" + a);'],
    ['a Set of an array', LIST, 'a[0] = 2;', 'print(new Set(a).size);'],
    ['a Map that is printed', 'const m = new Map([["k", 1]]);', 'm.set("k", 2);', 'print(m);'],
  ])('%s: two outcomes', (_, setup, writer, reader) => {
    const report = explored(twoThreads(setup, writer, reader));
    expect(report).toMatchObject({ executions: 2, complete: true });
    expect(report.outcomes).toHaveLength(2);
  });

  test('a walk meets what is added and what is cut off', () => {
    const walk = 'let s = 0; for (const x of a) s += x; print(s);';
    expect(outcomes(twoThreads(LIST, 'a[2] = 3;', walk))).toEqual(['3', '6']);
    expect(outcomes(twoThreads(LIST, 'a.length = 1;', walk))).toEqual(['1', '3']);
  });

  test('elements of a typed array that a built-in fills or joins', () => {
    const setup = 'const a = new Int32Array(2);';
    expect(outcomes(twoThreads(setup, 'a.fill(7);', 'const x = a[0], y = a[1]; print(x, y);'))).toEqual([
      '0 0',
      '0 7',
      '7 7',
    ]);
    expect(outcomes(twoThreads(setup, 'a[0] = 1; a[1] = 1;', 'print(a.join());'))).toEqual([
      '0,0',
      '1,0',
      '1,1',
    ]);
  });
});

function outcomes(source: string): (string | undefined)[] {
  return explored(source)
    .outcomes.map(({ stdout }) => stdout[0])
    .sort();
}

describe('a look is a step only where others could notice', () => {
  test.each([
    ['stores to different properties', OBJECT, 'o.a = 1;', 'o.b = 1;', 'print(JSON.stringify(o));'],
    ['keys, and stores to those there are', OBJECT, BOTH, 'print(Object.keys(o).length);', ''],
    [
      'results by index',
      'const list: number[] = [];',
      'list[0] = 1;',
      'list[1] = 1;',
      'print(list.length, list.join());',
    ],
    [
      'objects of one thread alone',
      '',
      'const p: any = { a: 1 }; JSON.stringify(p); const q = { ...p }; delete q.a;',
      'const p: any = { a: 1 }; for (const k in p) p[k]++;',
      '',
    ],
  ])('%s', (_, setup, one, other, last) => {
    expect(explored(twoThreads(setup, one, other, last))).toMatchObject({
      executions: 1,
      interleavings: '1',
    });
  });
});

test('a look and the step before it can be torn apart', () => {
  const source = `import { Thread, print } from 'interleave';
const o: any = { y: 0 };
let x = 0;
const t1 = new Thread(() => { x = 1; print(JSON.stringify(o)); });
const t2 = new Thread(() => { if (x === 1) o.y = 1; });
t1.join(); t2.join();`;
  expect(outcomes(source)).toEqual(['{"y":0}', '{"y":1}']);
});

test('what a look raced with is named', () => {
  const { races } = explored(twoThreads(OBJECT, 'o.a = 1;', 'print(JSON.stringify(o));'));
  expect(races).toMatchObject([{ variable: 'a' }]);
});

test('schedules with looks mean the same to a replay, in copies of processes too', () => {
  const source = `import { fork, waitpid, exit, Thread, print } from 'interleave';
const o: any = { a: 0 };
const t = new Thread(() => { o.a++; o.b = Object.keys(o).length; });
const text = JSON.stringify({ ...o });
if (fork() === 0) { print('child', text, 'b' in o); exit(0); }
waitpid();
t.join();
print('parent', text, o);`;
  const report = explored(source, { max: 200 });
  expect(report.failures).toEqual([]);
  expect(report.outcomes.length).toBeGreaterThan(3);
  for (const { schedule, stdout } of report.outcomes) {
    const run = replay(compile(source), schedule);
    while (!run.advance(1_000));
    expect(run.output.map(({ text }) => text)).toEqual(stdout);
  }
});

test('under total store order what a thread stores to a frozen object fails in that thread', () => {
  const { failures } = explored(twoThreads(OBJECT, 'Object.freeze(o);', 'o.a = 5;'), { memoryModel: 'tso' });
  expect(failures).toMatchObject([{ kind: 'uncaught', message: expect.stringContaining('read only') }]);
});

test('a built-in that is interrupted gives its result the address it would have had', () => {
  const source = `import { Channel, Thread, print } from 'interleave';
const jobs = new Channel<() => void>(2);
const work = (name: string) => () => { for (const job of jobs) { job(); print(name); } };
const pool = Array.from({ length: 2 }, (_, i) => new Thread(work(\`w\${i}\`), { name: 'worker' }));
for (let i = 0; i < 3; i++) jobs.send(() => print(i));
jobs.close();
for (const thread of pool) thread.join();`;
  const { outcomes } = explored(source, { strategy: 'random', max: 30 });
  expect(outcomes.length).toBeGreaterThan(5);
  for (const { schedule, stdout } of outcomes) expect(replayed(source, schedule)).toEqual(stdout);
});
