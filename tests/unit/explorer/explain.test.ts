import { describe, expect, test } from 'vitest';
import { compile, explore } from '../../../src/engine/index.ts';

function failureOf(source: string) {
  const run = explore(compile(source));
  while (!run.advance(1_000)) {}
  const { failures } = run.result();
  expect(failures).toHaveLength(1);
  return failures[0] as (typeof failures)[number];
}

describe('a failure card', () => {
  test('names the update that was lost and marks both accesses', () => {
    const { why, guilty, steps } = failureOf(`import { Thread, assert } from 'interleave';
let counter = 0;
const work = () => { counter++; };
const a = new Thread(work), b = new Thread(work);
a.join(); b.join();
assert(counter === 2, 'lost');`);
    expect(why).toMatch(
      /Thread 2 loads counter \(0\) on line 3.*what thread 3 stored is lost. Neither thread holds a lock/,
    );
    expect(guilty).toEqual([
      { tid: 2, line: 3, column: 22 },
      { tid: 3, line: 3, column: 22 },
    ]);
    expect(steps.map(({ tid, operation }) => `${tid} ${operation}`)).toEqual([
      '2 load counter → 0',
      '3 load counter → 0',
      '3 store counter ← 1',
      '2 store counter ← 1',
    ]);
  });

  test('says which lock was not taken', () => {
    const { why } = failureOf(`import { Thread, Mutex, assert } from 'interleave';
const m = new Mutex('m');
let counter = 0;
const a = new Thread(() => m.withLock(() => { counter++; }));
const b = new Thread(() => { counter++; });
a.join(); b.join();
assert(counter === 2, 'lost');`);
    expect(why).toMatch(/Thread \d holds m, but thread \d does not take it/);
  });

  test('names the ring of a deadlock, with the lines, and gives it as a graph', () => {
    const { why, waiting, message } = failureOf(`import { Thread, Mutex } from 'interleave';
const m = new Mutex('m'), n = new Mutex('n');
const a = new Thread(() => {
  m.lock();
  n.lock(); n.unlock(); m.unlock(); }, { name: 'a' });
const b = new Thread(() => {
  n.lock();
  m.lock(); m.unlock(); n.unlock(); }, { name: 'b' });
a.join(); b.join();`);
    expect(message).toMatch(/a waits for n, held by b, b waits for m, held by a/);
    expect(why).toMatch(/a \(thread 2\) waits on line 5 for n; thread 3 took it on line 7/);
    expect(waiting).toMatchObject([
      { tid: 2, object: 'n', heldBy: [3] },
      { tid: 3, object: 'm', heldBy: [2] },
    ]);
  });

  test('tells a wait without a loop to look again', () => {
    const { why } = failureOf(`import { Thread, Mutex, Condition, assert } from 'interleave';
const m = new Mutex('m'), c = new Condition(m), items: number[] = [];
const take = () => m.withLock(() => {
  if (items.length === 0) c.wait();
  assert(items.pop() !== undefined, 'nothing there'); });
const a = new Thread(take), b = new Thread(take);
const p = new Thread(() => { for (let i = 0; i < 2; i++) m.withLock(() => { items.push(i); c.signal(); }); });
a.join(); b.join(); p.join();`);
    expect(why).toMatch(/look again, in a loop/);
  });
});
