import { describe, expect, test } from 'vitest';
import { explored, replayed } from './explored.ts';

const TWO = (
  one: string,
  two: string,
  setup = '',
) => `import { Thread, Mutex, Atomic, Semaphore } from 'interleave';
${setup}
const one = new Thread(() => { ${one} }, { name: 'one' });
const two = new Thread(() => { ${two} }, { name: 'two' });
one.join(); two.join();`;

/** One undoes what the other does. */
const FLIP = TWO(
  'while (turn !== 7) { if (turn === 0) turn = 1; }',
  'while (turn !== 7) { if (turn === 1) turn = 0; }',
  'let turn = 0;',
);

describe('an execution that comes round to what it was has no end', () => {
  test('two threads that undo what the other does', () => {
    const { failures, complete, bounds } = explored(FLIP, { max: 3, steps: 2_000 });
    expect(complete).toBe(false);
    expect(failures).toMatchObject([
      {
        kind: 'livelock',
        message: expect.stringMatching(/^It can go on for ever: after \d+ steps everything is as it was/),
        why: expect.stringMatching(/At the end of a round, one \(thread 2\) was on line 3, two .* line 4/),
      },
    ]);
    expect(failures[0]?.steps.length).toBeLessThan(100);
    expect(bounds[0]).toMatch(/executions had not ended after 2,000 steps and went no further\.$/);
    expect(replayed(FLIP, failures[0]?.schedule ?? '')).toEqual([]);
  });

  test('two who are polite', () => {
    const source = TWO(
      'eat(a, b);',
      'eat(b, a);',
      `const a = new Mutex('a'), b = new Mutex('b');
const eat = (first: Mutex, second: Mutex) => {
  for (;;) {
    first.lock();
    if (second.tryLock()) return;
    first.unlock();
  }
};`,
    );
    const kinds = explored(source, { max: 50, steps: 2_000, strategy: 'random' }).failures.map(
      ({ kind }) => kind,
    );
    expect(kinds).toContain('deadlock');
    const alone = TWO(
      'for (;;) { m.lock(); s.tryAcquire(); m.unlock(); }',
      '',
      `const m = new Mutex(), s = new Semaphore(0);`,
    );
    expect(explored(alone, { max: 3, steps: 500 }).failures).toMatchObject([{ kind: 'livelock' }]);
  });
});

describe('an execution that was only cut off is no failure, and the report says where it was', () => {
  test.each([
    ['a long loop', 'for (let i = 0; i < 200; i++) n++;', 'for (let i = 0; i < 200; i++) n++;', 'let n = 0;'],
    ['an atomic that grows', 'for (;;) n.add(1);', '', 'const n = new Atomic(0);'],
    ['permits that run out', 'for (;;) s.acquire();', '', 'const s = new Semaphore(1_000);'],
    [
      'a walk over elements that look alike',
      'for (const it of list) { if (it !== n) return; }',
      'for (const it of list) { if (it !== n) return; n = 0; }',
      'let n = 0; const list = new Array(300).fill(0);',
    ],
    [
      'a walk along objects that look alike',
      'let it: any = first; while (it.next) { it = it.next; n = 0; }',
      'n = 0;',
      'let n = 0; let first: any = {}; for (let i = 0; i < 300; i++) first = { next: first };',
    ],
    [
      'an array that changes',
      'for (;;) { a.push(a.shift()!); if (a[0] === 299) return; }',
      'a[0];',
      'const a = [...new Array(300).keys()];',
    ],
    ['chance', 'while (Math.random() < 1) n = 0;', 'n = 0;', 'let n = 0;'],
  ])('%s', (_, one, two, setup) => {
    const { failures, complete, bounds } = explored(TWO(one, two, setup), { max: 5, steps: 150 });
    expect({ failures, complete }).toEqual({ failures: [], complete: false });
    expect(bounds[0]).toMatch(
      /not ended after 150 steps .* thread \d was on line \d.*: a loop that is only long, or/,
    );
  });
});

test('a thread that gives way for ever is stopped, and named', () => {
  const source = `import { Thread, yieldThread } from 'interleave';
new Thread(() => {
  for (;;) yieldThread();
}, { name: 'polite' });`;
  expect(explored(source).failures).toMatchObject([
    {
      kind: 'livelock',
      message: expect.stringMatching(/^polite runs on and on in line 3 without doing anything/),
    },
  ]);
});

test('a schedule with more than ten thousand steps is replayed to its end', () => {
  const source = `import { Thread, print } from 'interleave';
const list = Array.from({ length: 12_000 }, () => 0);
const t = new Thread(() => { for (let i = 0; i < list.length; i++) list[i] = i; });
t.join();
const u = new Thread(() => print('done'));
u.join();`;
  const [outcome] = explored(source).outcomes;
  expect(outcome?.stdout).toEqual(['done']);
  expect(replayed(source, outcome?.schedule ?? '')).toEqual(['done']);
});

describe('a thread that runs on without end', () => {
  const GATE = `import { exit, print, Thread } from 'interleave';
let open = false;
new Thread(() => {
  if (!open) for (;;);
}, { name: 'runner' });
open = true;
print('opened');`;

  test.each(['dpor', 'all'] as const)('is no failure where another one ends the process (%s)', (strategy) => {
    const { failures, outcomes, complete } = explored(`${GATE}\nexit(0);`, { strategy });
    expect({ complete, failures }).toEqual({ complete: true, failures: [] });
    expect(outcomes.map(({ status, stdout }) => ({ status, stdout }))).toEqual([
      { status: 'exited', stdout: ['opened'] },
    ]);
  });

  test.each(['dpor', 'all'] as const)('is a livelock where nobody does (%s)', (strategy) => {
    const { failures, outcomes } = explored(GATE, { strategy });
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['deadlock', 'exited']);
    expect(failures).toMatchObject([
      {
        kind: 'livelock',
        why: expect.stringMatching(/^runner \(thread 2\) runs round on line 4/),
        waiting: [],
      },
    ]);
  });
});
