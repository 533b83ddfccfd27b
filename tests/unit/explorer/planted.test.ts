import { expect, test } from 'vitest';
import { explored } from './explored.ts';

/** A planted bug: the program, what the failure is, and what its card must say. */
interface Planted {
  readonly source: string;
  readonly kind: string;
  readonly preemptions: number;
  /** Steps of the schedule that shows it: no shorter one does. */
  readonly steps: number;
  readonly why: RegExp;
  /** Thread and line of each place that is marked. */
  readonly guilty: readonly string[];
}

const planted: { readonly [name: string]: Planted } = {
  'a lost update': {
    source: `import { Thread, assert } from 'interleave';
let balance = 100;
const deposit = (n: number) => { const old = balance; balance = old + n; };
const a = new Thread(() => deposit(10)), b = new Thread(() => deposit(20));
a.join(); b.join();
assert(balance === 130);`,
    kind: 'assertion',
    preemptions: 1,
    steps: 4,
    why: /Thread 2 loads balance \(100\) on line 3.* stores to balance \(120\).* is lost\. Neither thread holds a lock/,
    guilty: ['2:3', '3:3'],
  },
  'a ring of three': {
    source: `import { Thread, Mutex } from 'interleave';
const m = [new Mutex('A'), new Mutex('B'), new Mutex('C')];
const meet = (one: Mutex, two: Mutex) => { one.lock();
  two.lock(); two.unlock(); one.unlock(); };
const ts = [0, 1, 2].map((i) => new Thread(() => meet(m[i], m[(i + 1) % 3])));
for (const t of ts) t.join();`,
    kind: 'deadlock',
    preemptions: 1,
    steps: 3,
    why: /Thread 2 waits on line 4 for B; thread 3 took it on line 3 .*Each of them holds what another one needs/,
    guilty: ['2:4', '3:4', '4:4'],
  },
  'a signal before anybody waits': {
    source: `import { Thread, Mutex, Condition } from 'interleave';
const m = new Mutex('m'), c = new Condition(m);
const t = new Thread(() => { m.lock(); c.wait(); m.unlock(); });
m.lock(); c.signal(); m.unlock();
t.join();`,
    kind: 'deadlock',
    preemptions: 0,
    steps: 5,
    why: /Thread 2 waits on line 3 for a signal \(m given back\)\. Nobody is left/,
    guilty: ['2:3'],
  },
  'a wait that ends without a signal': {
    source: `import { Thread, Mutex, Condition, assert, machine } from 'interleave';
machine({ spuriousWakeups: true });
const m = new Mutex('m'), c = new Condition(m);
let ready = false;
const t = new Thread(() => { m.lock(); if (!ready) c.wait(); assert(ready); m.unlock(); });
m.lock(); ready = true; c.signal(); m.unlock();
t.join();`,
    kind: 'assertion',
    preemptions: 0,
    steps: 6,
    why: /“wakes without a signal”\. It finds ready \(false\) on line 5\. .* look again, in a loop/,
    guilty: ['2:5', '2:5'],
  },
  'a wait that gives up': {
    source: `import { Thread, Mutex, Condition, ms, assert } from 'interleave';
const m = new Mutex('m'), c = new Condition(m); let done = false;
const t = new Thread(() => { m.lock(); done = true; c.signal(); m.unlock(); });
m.lock(); if (!done) c.wait(ms(5)); assert(done); m.unlock();
t.join();`,
    kind: 'assertion',
    preemptions: 0,
    steps: 6,
    why: /“its time to wait is up”\. It finds done \(false\) on line 4\. .* its answer has to be asked/,
    guilty: ['1:4', '1:4'],
  },
  'permits in the wrong order': {
    source: `import { Thread, Semaphore } from 'interleave';
const items = new Semaphore(0), free = new Semaphore(1);
const consumer = new Thread(() => { free.acquire();
  items.acquire(); free.release(); });
const producer = new Thread(() => { free.acquire(); items.release(); free.release(); });
consumer.join(); producer.join();`,
    kind: 'deadlock',
    preemptions: 0,
    steps: 1,
    why: /Thread 2 waits on line 4 .*Thread 3 waits on line 5 .*thread 2 took the last permit on line 3/,
    guilty: ['2:4', '3:5'],
  },
  'a lock held when the process is copied': {
    source: `import { Thread, Mutex, fork, waitpid, exit } from 'interleave';
const m = new Mutex('m');
const t = new Thread(() => { m.lock(); m.unlock(); });
if (fork() === 0) { m.lock(); m.unlock(); exit(0); }
waitpid(); t.join();`,
    kind: 'deadlock',
    preemptions: 1,
    steps: 3,
    why: /main \(thread 3\) waits on line 4 for m; thread 2 took it on line 3, and this process is a copy made while it was held/,
    guilty: ['3:4'],
  },
  'double-checked locking': {
    source: `import { Thread, Mutex, assert } from 'interleave';
const m = new Mutex('m');
let made = false, value = 0;
const get = () => { if (!made) m.withLock(() => { if (!made) { made = true; value = 42; } }); return value; };
const a = new Thread(() => assert(get() === 42)), b = new Thread(() => assert(get() === 42));
a.join(); b.join();`,
    kind: 'assertion',
    preemptions: 1,
    steps: 6,
    why: /Thread 2 is interrupted after “store made ← true” on line 4.* Thread 2 holds m, but thread 3 does not take it/,
    guilty: ['2:4', '3:4'],
  },
  'both ends wait for room': {
    source: `import { Process, pipe } from 'interleave';
const [r1, w1] = pipe<string>(8), [r2, w2] = pipe<string>(8);
const child = new Process(() => { w2.write('12345678'); w2.write('12345678'); r1.read(); });
w1.write('12345678'); w1.write('12345678'); r2.read();
child.wait();`,
    kind: 'deadlock',
    preemptions: 0,
    steps: 2,
    why: /main \(thread 1\) waits on line 4 for pipe \d+\. main \(thread 2\) waits on line 3 for pipe/,
    guilty: ['1:4', '2:3'],
  },
  'two who send first': {
    source: `import { Thread, Channel } from 'interleave';
const a = new Channel<number>(0), b = new Channel<number>(0);
const one = new Thread(() => { a.send(1); b.receive(); });
const two = new Thread(() => { b.send(2); a.receive(); });
one.join(); two.join();`,
    kind: 'deadlock',
    preemptions: 0,
    steps: 2,
    why: /Thread 2 waits on line 3 for channel \d+\. Thread 3 waits on line 4 for channel/,
    guilty: ['2:3', '3:4'],
  },
  'a thread nobody waits for': {
    source: `import { Thread, assert } from 'interleave';
let result = 0;
new Thread(() => { result = 42; });
assert(result === 42);`,
    kind: 'assertion',
    preemptions: 0,
    steps: 1,
    why: /Thread 2 is still about to do “store result” on line 3, and nothing makes thread 1 wait/,
    guilty: ['1:4', '2:3'],
  },
  'a handler that comes too late': {
    source: `import { signal, kill, getpid, Process, assert } from 'interleave';
let n = 0;
signal('SIGUSR1', () => { n++; });
const me = getpid();
const child = new Process(() => { kill(me, 'SIGUSR1'); });
child.wait();
assert(n === 1);`,
    kind: 'assertion',
    preemptions: 0,
    steps: 1,
    why: /“load n → 0” on line 7, and the signal SIGUSR1 for main has not arrived yet/,
    guilty: ['1:7'],
  },
  'a check before an await': {
    source: `import { ioAsync, ms, assert } from 'interleave';
let stock = 1, sold = 0;
const buy = async (who: string) => { if (stock > 0) { await ioAsync(ms(1), who); stock--; sold++; } };
await Promise.all([buy('a'), buy('b')]);
assert(sold <= 1);`,
    kind: 'assertion',
    preemptions: 0,
    steps: 2,
    why: /told in this order: a, then b\. What was true before an await/,
    guilty: ['1:5'],
  },
  'a channel closed too early': {
    source: `import { Thread, Channel } from 'interleave';
const ch = new Channel<number>(1);
const a = new Thread(() => { ch.send(1); });
const b = new Thread(() => { ch.close(); });
a.join(); b.join();`,
    kind: 'uncaught',
    preemptions: 0,
    steps: 2,
    why: /Thread 3 does “close channel \d+” on line 4, thread 2 does “send channel \d+” on line 3, and nothing says/,
    guilty: ['2:3', '3:4'],
  },
};

test.each(Object.entries(planted))('%s', (_, { source, kind, preemptions, steps, why, guilty }) => {
  const [failure, ...others] = explored(source).failures;
  expect(others).toEqual([]);
  expect(failure).toMatchObject({ kind, preemptions });
  expect(failure?.steps).toHaveLength(steps);
  expect(failure?.why).toMatch(why);
  expect(failure?.guilty.map(({ tid, line }) => `${tid}:${line}`)).toEqual(guilty);
});
