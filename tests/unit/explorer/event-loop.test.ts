import { describe, expect, test } from 'vitest';
import { explored, outputsOf, replayed } from './explored.ts';

const cases: Record<string, { source: string; executions: number; outputs: readonly string[] }> = {
  'fibers are one thread: they have one schedule': {
    source: `import { Fiber, print } from 'interleave';
const f = new Fiber(() => { print('a'); Fiber.yield(); print('b'); });
f.resume(); print('between'); f.resume();`,
    executions: 1,
    outputs: ['a between b'],
  },
  'fibers of two threads interleave as the threads do': {
    source: `import { Fiber, Thread, print } from 'interleave';
const work = (name: string) => () => {
  const f = new Fiber(() => { Fiber.yield(); print(name); });
  f.resume(); f.resume();
};
const a = new Thread(work('a')), b = new Thread(work('b'));
a.join(); b.join();`,
    executions: 2,
    outputs: ['a b', 'b a'],
  },
  'promises and timers of one thread have the one order of an event loop': {
    source: `import { print } from 'interleave';
print(1);
setTimeout(() => print(2), 0);
Promise.resolve().then(() => print(3)).then(() => print(4));
print(5);`,
    executions: 1,
    outputs: ['1 5 3 4 2'],
  },
  'devices are done in any order, at any moment': {
    // d and n may each come before the first line, before the second, or (one of them) after it; both orders: 10.
    source: `import { ioAsync, ms, print } from 'interleave';
ioAsync(ms(5), 'disk').then(() => print('disk'));
ioAsync(ms(1), 'network').then(() => print('network'));
print('asked');`,
    executions: 10,
    outputs: ['asked disk network', 'asked network disk'],
  },
  'one device does one request after the other': {
    source: `import { ioAsync, ms, print } from 'interleave';
ioAsync(ms(5), 'disk').then(() => print(1));
ioAsync(ms(1), 'disk').then(() => print(2));`,
    executions: 2,
    outputs: ['1 2'],
  },
  'a timer and a device: whichever comes first': {
    source: `import { ioAsync, ms, print } from 'interleave';
setTimeout(() => print('timer'), 3);
ioAsync(ms(5), 'disk').then(() => print('disk'));`,
    executions: 3,
    outputs: ['disk timer', 'timer disk'],
  },
  'an update that is spread over an await is lost': {
    source: `import { ioAsync, ms, print } from 'interleave';
let n = 0;
const add = async (device: string) => { const before = n; await ioAsync(ms(1), device); n = before + 1; };
await Promise.all([add('a'), add('b')]);
print(n);`,
    executions: 2,
    outputs: ['1'],
  },
  'a loop is told when there is something to read, before its timer or after': {
    source: `import { Process, pipe, onReadable, print } from 'interleave';
const [r, w] = pipe<number>();
new Process(() => { w.write(1); });
w.close();
const off = onReadable(r, () => { const n = r.read(); if (n === null) off(); else print(n); });
setTimeout(() => print('timer'), 1);`,
    // The child's write and its end, each at any moment between the steps of the loop that look.
    executions: 19,
    outputs: ['1 timer', 'timer 1'],
  },
  'a wait that gives up after a while, or is signalled in time': {
    source: `import { Thread, Mutex, Condition, ms, print } from 'interleave';
const m = new Mutex(), c = new Condition(m);
let ready = false;
const t = new Thread(() => m.withLock(() => { if (!ready) print(c.wait(ms(1)) ? 'told' : 'gave up'); }));
m.withLock(() => { ready = true; c.signal(); });
t.join();`,
    // Ready at once; told in time; gave up, and got the mutex back before the other thread took it or after.
    executions: 4,
    outputs: ['', 'gave up', 'told'],
  },
};

describe('programs of fibers and event loops', () => {
  for (const [name, { source, executions, outputs }] of Object.entries(cases)) {
    test(name, () => {
      const report = explored(source);
      expect(report).toMatchObject({ complete: true, failures: [] });
      expect(outputsOf(source)).toEqual(outputs);
      expect(report.executions).toBe(executions);
    });
    test(`${name}: every schedule, one by one, gives no other output, and each replays`, () => {
      expect(outputsOf(source, { strategy: 'all' })).toEqual(outputs);
      for (const { stdout, schedule } of explored(source).outcomes)
        expect(replayed(source, schedule)).toEqual(stdout);
    });
  }
});

test('what is not modelled is named', () => {
  const { failures } = explored(`import { processes, print } from 'interleave';
for (const { pid, memory } of processes()) print(pid, memory);`);
  expect(failures).toMatchObject([{ kind: 'uncaught' }]);
  expect(failures[0]?.message).toMatch(/ENOSYS: processes: how much memory .* is not modelled/);
});

test('and so it is in a child, which otherwise may fail as it likes', () => {
  const { failures } = explored(`import { Process, kill } from 'interleave';
const a = new Process(() => { kill(a.pid, 'SIGSTOP'); });
const b = new Process(() => { throw new Error('its own business'); });
kill(b.pid, 'SIGSTOP');`);
  expect(failures.every(({ message }) => message.includes('SIGSTOP is not modelled'))).toBe(true);
});
