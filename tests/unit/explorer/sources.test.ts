import { describe, expect, test } from 'vitest';
import { explored, outputsOf, replayed } from './explored.ts';

/** Classes, their schedules and what they print are those of every schedule run one by one; and each can be run again. */
function expectWhole(source: string, executions: number, outputs: readonly string[]): void {
  const report = explored(source);
  const all = explored(source, { strategy: 'all' });
  expect(report).toMatchObject({ complete: true, failures: [], executions });
  expect(report.interleavings).toBe(String(all.executions));
  expect(outputsOf(source)).toEqual(outputs);
  expect(outputsOf(source, { strategy: 'all' })).toEqual(outputs);
  for (const { stdout, schedule } of report.outcomes) expect(replayed(source, schedule)).toEqual(stdout);
}

describe('poll', () => {
  test('returns what has something to read, in every order in which that can come', () => {
    const source = `import { pipe, poll, print, Thread } from 'interleave';
const [r1, w1] = pipe<string>(), [r2, w2] = pipe<string>();
new Thread(() => { w1.write('a'); });
new Thread(() => { w2.write('b'); });
const seen: unknown[] = [];
for (let left = 2; left > 0; ) {
  const ready = poll([r1, r2]);
  seen.push(ready.length);
  for (const r of ready) { seen.push(r.read()); left--; }
}
print(seen.join(' '));`;
    expectWhole(source, 3, ['1 a 1 b', '1 b 1 a', '2 a b']);
  });

  test('the end of the last writer is something to read', () => {
    const source = `import { pipe, poll, print, Thread } from 'interleave';
const [r1, w1] = pipe<string>(), [r2, w2] = pipe<string>();
new Thread(() => { w1.write('a'); w1.close(); });
new Thread(() => { w2.write('b'); w2.close(); });
const seen: string[] = [];
let open = [r1, r2];
while (open.length > 0) {
  const ready = poll(open);
  seen.push(String(ready.length));
  for (const r of ready) { const m = r.read(); if (m === null) open = open.filter((o) => o !== r); else seen.push(m); }
}
print(seen.join(' '));`;
    const outputs = ['1 a 1 1 b 1', '1 a 1 b 1 1', '1 a 1 b 2', '1 a 2 b 1', '1 b 1 1 a 1'];
    expectWhole(source, 34, [...outputs, '1 b 1 a 1 1', '1 b 1 a 2', '1 b 2 a 1', '2 a b 1 1', '2 a b 2']);
  });

  test('with a time to wait comes back at any moment', () => {
    const source = `import { pipe, poll, print, Thread, us } from 'interleave';
const [r, w] = pipe<number>();
const t = new Thread(() => w.write(1));
print(poll([r], us(5)).length);
t.join();`;
    expectWhole(source, 2, ['0', '1']);
  });

  test('of a source that somebody else may empty waits for ever', () => {
    const source = `import { MessageQueue, poll, Thread } from 'interleave';
const q = new MessageQueue<number>('q');
new Thread(() => q.send(1));
new Thread(() => q.receive());
poll([q]);`;
    const { failures, complete } = explored(source);
    expect(complete).toBe(true);
    expect(failures).toMatchObject([{ kind: 'deadlock', preemptions: 0 }]);
    expect(failures[0]?.why).toMatch(/main \(thread 1\) waits on line 5 for one of several sources/);
  });

  test('sees a child end', () => {
    const source = `import { Process, pipe, poll, print } from 'interleave';
const [r, w] = pipe<number>();
const child = new Process(() => {});
w.close();
poll([r]);
print(r.read());
child.wait();`;
    // The end of the child, and the parent's own end of the pipe, in either order.
    expectWhole(source, 2, ['null']);
  });
});

test('whether a source is readable is asked before or after the end of its writer', () => {
  const source = `import { pipe, print, Thread } from 'interleave';
const [r, w] = pipe<number>();
let written = false;
const t = new Thread(() => { written = true; w.close(); });
if (written) print(r.readable);
t.join();`;
  expect(outputsOf(source)).toEqual(['', 'false', 'true']);
});

describe('a list of processes', () => {
  test('tells who has ended and has not been asked for', () => {
    const source = `import { exit, fork, print, processes, waitpid } from 'interleave';
const child = fork();
if (child === 0) exit(7);
const state = () => processes().find(({ pid }) => pid === child)?.state;
const before = state();
waitpid(child);
print(before, state());`;
    expectWhole(source, 2, ['ready undefined', 'zombie undefined']);
  });

  test('in a container shows its own, by numbers of its own', () => {
    const source = `import { Container, getpid, Process, print, processes } from 'interleave';
const box = new Container({ name: 'box', privatePids: true });
const boxed = new Process(() => print(getpid(), processes().length), { container: box });
boxed.wait();
print(boxed.pid, processes().length);`;
    expect(outputsOf(source)).toEqual(['1 1 2 1']);
    expect(outputsOf(source, { strategy: 'all' })).toEqual(['1 1 2 1']);
  });
});

test('process 1 of a container gets no signal it has no handler for, and what is left of it ends with it', () => {
  const source = (
    action: string,
  ) => `import { Container, exit, Process, pause, print, processes, signal } from 'interleave';
const server = new Process(() => {
  ${action}
  new Process(() => pause(), { name: 'helper' });
  pause();
}, { container: new Container({ privatePids: true }) });
server.kill('SIGTERM');
server.kill('SIGKILL');
print(server.wait().signal, processes().length);`;
  expect(outputsOf(source(''))).toEqual(['SIGKILL 1']);
  expect(outputsOf(source("signal('SIGTERM', () => exit(0));"))).toEqual(['SIGKILL 1', 'null 1']);
});

test('limits of memory have no effect, and the report says so', () => {
  const { bounds } = explored(`import { Process } from 'interleave';
new Process(() => {}, { memoryLimit: 4096 }).wait();`);
  expect(bounds).toEqual(['What a process has in memory is not followed: memoryLimit ends none here.']);
});

describe('memory by address', () => {
  test('is that of the variables that live there', () => {
    const source = `import { addressOf, peek, poke, print, Thread } from 'interleave';
let x = 41;
const place = addressOf(x);
const t = new Thread(() => poke(place, 42));
const seen = peek(place);
t.join();
print(seen, x, peek(place));`;
    expectWhole(source, 2, ['41 42 42', '42 42 42']);
  });

  test('in a copy of a process too', () => {
    const source = `import { addressOf, exit, fork, peek, poke, print, Thread, waitpid } from 'interleave';
let x = 41;
const place = addressOf(x);
poke(place, 42);
const t = new Thread(() => poke(place, 43));
if (fork() === 0) { print('child', x, peek(place)); exit(0); }
waitpid();
t.join();
print(x);`;
    expectWhole(source, 2, ['child 42 42 43', 'child 43 43 43']);
  });

  test('and of properties', () => {
    const source = `import { addressOf, peek, poke, print, Thread } from 'interleave';
const o = { a: 1 };
const t = new Thread(() => { o.a = 2; });
t.join();
poke(addressOf(o.a), peek(addressOf(o.a)) + 5);
print(o.a);`;
    expect(outputsOf(source)).toEqual(['7']);
  });
});

test('who the parent is depends on whether it has ended', () => {
  const source = `import { getpid, getppid, Process, print, sleep, ms } from 'interleave';
const parent = new Process(() => {
  new Process(() => { const first = getppid(); sleep(ms(1)); print(getpid() > 2, first, getppid()); });
});
parent.wait();`;
  const outputs = ['true 0 0', 'true 1 0', 'true 1 1', 'true 2 0', 'true 2 1', 'true 2 2'];
  expect(outputsOf(source)).toEqual(outputs);
  expect(outputsOf(source, { strategy: 'all' })).toEqual(outputs);
  for (const { stdout, schedule } of explored(source).outcomes)
    expect(replayed(source, schedule)).toEqual(stdout);
});
