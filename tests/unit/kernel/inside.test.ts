import { describe, expect, test } from 'vitest';
import { compile, EventKind, type Inside, play, type RunOptions, start } from '../../../src/engine/index.ts';
import { look } from '../../../src/engine/session.ts';

/** What was inside the processes just after each line of output, by the text of the line. */
function insides(source: string, machine: RunOptions = {}): Map<string, Inside> {
  const program = compile(source, { watched: true, locals: true });
  const whole = start(program, machine);
  while (!whole.advance(100_000));
  const { length, kind, a, strings } = whole.trace();
  const found = new Map<string, Inside>();
  for (let index = 0; index < length; index++) {
    if (kind[index] !== EventKind.Print) continue;
    const run = start(program, machine);
    run.tellAt?.(index + 1, (site) => found.set(strings[a[index] as number] as string, look(run, site)));
    while (!run.advance(100_000));
  }
  return found;
}

/** The queues that are not empty, an entry as `kind name line`. */
function queuesOf(inside: Inside | undefined, pid = 1): Record<string, string[]> {
  const loop = inside?.loops.find((one) => one.pid === pid);
  const full = loop?.queues.filter(({ entries }) => entries.length > 0) ?? [];
  return Object.fromEntries(
    full.map(({ name, entries }) => [
      name,
      entries.map(({ kind, name: of, line }) => `${kind} ${of} ${line}`),
    ]),
  );
}

const nowOf = (inside: Inside | undefined) => {
  const [loop] = inside?.loops ?? [];
  return [loop?.phase, loop?.now ? `${loop.now.kind} ${loop.now.name} ${loop.now.line}` : null];
};

describe('the event loop at a moment', () => {
  const seen = insides(`import { print } from 'interleave';
async function load(name: string) {
  print('load');
  await new Promise((done) => setTimeout(done, 2));
  print('loaded');
  await null;
  print('twice');
}
void load('a');
setTimeout(function tick() {
  print('tick');
  queueMicrotask(() => print('micro'));
}, 1);
setImmediate(() => print('immediate'));
Promise.resolve().then(() => print('then')).then(function last() { print('last'); });
print('main');`);

  test('waits until the program is through, with everything that was asked for in its queues', () => {
    expect(nowOf(seen.get('load'))).toEqual(['program', null]);
    expect(queuesOf(seen.get('load'))).toEqual({});
    expect(nowOf(seen.get('main'))).toEqual(['program', null]);
    expect(queuesOf(seen.get('main'))).toEqual({
      microtasks: ['reaction  15'],
      timers: ['call tick 10', 'settle  4'],
      immediates: ['call  14'],
    });
  });

  test('knows what runs and what is still behind it', () => {
    expect(nowOf(seen.get('then'))).toEqual(['microtask', 'reaction  15']);
    expect(queuesOf(seen.get('then')).microtasks).toBeUndefined();
    expect(nowOf(seen.get('last'))).toEqual(['microtask', 'reaction last 15']);
    expect(nowOf(seen.get('immediate'))).toEqual(['immediate', 'call  14']);
    expect(nowOf(seen.get('tick'))).toEqual(['timer', 'call tick 10']);
    expect(nowOf(seen.get('micro'))).toEqual(['microtask', 'call  12']);
  });

  test('knows where an async function goes on', () => {
    expect(nowOf(seen.get('loaded'))).toEqual(['microtask', 'await load 4']);
    expect(nowOf(seen.get('twice'))).toEqual(['microtask', 'await load 6']);
  });

  test('knows when timers are due, and which come again', () => {
    const timers = seen.get('main')?.loops[0]?.queues.find(({ name }) => name === 'timers')?.entries;
    const [tick, done] = timers ?? [];
    expect(tick?.due).toBeGreaterThan(1e6);
    expect((done?.due ?? 0) - (tick?.due ?? 0)).toBeGreaterThan(0.9e6);
    const again = insides(`import { print } from 'interleave';
let left = 2;
const timer = setInterval(() => { print(left); if (--left === 0) clearInterval(timer); }, 5);
print('set');`);
    expect(again.get('set')?.loops[0]?.queues[1]?.entries).toMatchObject([{ period: 5e6, line: 3 }]);
    expect(again.get('1')?.loops[0]?.queues[1]?.entries).toEqual([]);
  });

  test('knows what is on its way from outside', () => {
    const outside = insides(`import { ioAsync, print, us } from 'interleave';
ioAsync(us(10)).then(() => print('read'));
print('asked');`);
    expect(outside.get('asked')?.loops[0]).toMatchObject({ onTheWay: 1 });
    expect(outside.get('read')?.loops[0]).toMatchObject({ onTheWay: 0, phase: 'microtask' });
  });

  test('is one for each process, and none for those that are over', () => {
    const two = insides(`import { Process, print } from 'interleave';
setTimeout(() => print('parent'), 1);
const child = new Process(() => { setTimeout(function own() {}, 3); print('child'); });
child.wait();
print('waited');`);
    expect(two.get('child')?.loops.map(({ pid }) => pid)).toEqual([1, 2]);
    expect(queuesOf(two.get('child'), 2).timers).toContain('call own 3');
    expect(two.get('waited')?.loops.map(({ pid }) => pid)).toEqual([1]);
  });
});

describe('fibers at a moment', () => {
  const source = `import { Fiber, print } from 'interleave';
const ring = new Fiber(function ring() {
  print('first');
  deep();
  print('second');
});
function deep() {
  Fiber.yield();
}
const outer = new Fiber(() => {
  ring.resume();
  print('outer');
  ring.resume();
});
print('made');
outer.resume();
print('over');`;
  const seen = insides(source);
  const fibersOf = (line: string) =>
    seen
      .get(line)
      ?.fibers.map(({ state, waitsFor, frames }) => [state, waitsFor, frames.map((it) => it.line)]);

  test('have not begun, run, wait for another, stand at a yield, have ended', () => {
    expect(fibersOf('made')).toEqual([
      ['new', null, []],
      ['new', null, []],
    ]);
    expect(fibersOf('first')).toEqual([
      ['running', null, []],
      ['running', 1, [11]],
    ]);
    expect(fibersOf('outer')).toEqual([
      ['suspended', null, [8, 4]],
      ['running', null, []],
    ]);
    expect(fibersOf('over')).toEqual([
      ['ended', null, []],
      ['ended', null, []],
    ]);
  });

  test('have numbers, the name of what they run, and a thread', () => {
    expect(seen.get('made')?.fibers.map(({ number, name, tid }) => [number, name, tid])).toEqual([
      [1, 'ring', 1],
      [2, '', 1],
    ]);
  });

  test('are not remembered by a program that nobody looks into', () => {
    const run = start(compile(source));
    while (!run.advance(100_000));
    expect(look(run).fibers).toEqual([]);
  });

  test('are there in the hands of a reader who decides each step', () => {
    const { inside } = play(
      compile(`import { Thread, print } from 'interleave';
let n = 0;
setTimeout(function later() {}, 1);
const ann = new Thread(() => { n++; });
n++;
ann.join();
print(n);`),
      [],
    );
    expect(queuesOf(inside).timers).toEqual(['call later 3']);
  });
});

describe('stacks in the middle of code', () => {
  const seen = insides(`import { Fiber, Thread, print } from 'interleave';
let x = 1;
print('before');
x = 2;
print('after');
function deep(n: number) {
  const half = n / 2;
  if (n > 0) { deep(n - 1); print('up'); return; }
  print('bottom');
}
deep(1);
async function load(name: string) {
  await null;
  print(name);
}
void load('a');
void load('b');
[7].forEach((item) => print('each'));
const fiber = new Fiber((y: number) => {
  print('fiber');
});
fiber.resume(5);
const ann = new Thread(() => {
  const own = 3;
  print('ann');
});
ann.join();
x = 3;`);
  const framesOf = (line: string, tid = 1) =>
    seen
      .get(line)
      ?.stacks.find((stack) => stack.tid === tid)
      ?.frames.map(({ function: name, line: at, locals = [] }) => [
        name,
        at,
        locals
          .filter(({ segment }) => segment !== 'data')
          .map((local) => `${local.name}=${local.value}`)
          .join(' '),
      ]);
  const xAt = (line: string) =>
    seen
      .get(line)
      ?.stacks[0]?.frames.at(-1)
      ?.locals?.find(({ name }) => name === 'x')?.value;

  test('show variables as they are just then, not at the next place where the thread can stop', () => {
    expect([xAt('before'), xAt('after'), xAt('up')]).toEqual(['1', '2', '2']);
  });

  test('show every call, each with its own variables', () => {
    expect(framesOf('bottom')).toEqual([
      ['deep', 9, 'n=0 half=0'],
      ['deep', 8, 'n=1 half=0.5'],
      ['', 11, ''],
    ]);
    expect(framesOf('up')).toEqual([
      ['deep', 8, 'n=1 half=0.5'],
      ['', 11, ''],
    ]);
  });

  test('tell activations of one function apart', () => {
    expect(framesOf('a')).toEqual([['load', 14, "name='a'"]]);
    expect(framesOf('b')).toEqual([['load', 14, "name='b'"]]);
  });

  test('show callbacks of built-ins, fibers on whoever resumed them, and other threads', () => {
    expect(framesOf('each')?.map(([name, line]) => [name, line])).toEqual([
      ['anonymous', 18],
      ['', 18],
    ]);
    expect(framesOf('fiber')).toEqual([
      ['anonymous', 20, 'y=5'],
      ['', 22, ''],
    ]);
    expect(framesOf('ann', 2)).toEqual([['anonymous', 25, 'own=3']]);
    expect(framesOf('ann')?.map(([, line]) => line)).toEqual([27]);
  });
});

test('in the middle of a line the stack is at that line, after every event of the run', () => {
  const program = compile(
    `import { Thread, machine, print, us } from 'interleave';
machine({ cores: 1, policy: 'rr', quantum: us(1) });
let counter = 0;
const items = [1, 2];
function twice(by: number) {
  return by * 2 + items.length;
}
const work = () => {
  for (let i = 0; i < 20; i++) counter += twice(i);
};
const ann = new Thread(work);
const ben = new Thread(work);
ann.join();
ben.join();
print(counter);`,
    { watched: true, locals: true },
  );
  const whole = start(program);
  while (!whole.advance(100_000));
  const { length, kind, tid, site } = whole.trace();
  const accesses = Array.from({ length }, (_, index) => index).filter(
    (index) => kind[index] === EventKind.Load || kind[index] === EventKind.Store,
  );
  expect(accesses.length).toBeGreaterThan(40);
  for (const index of accesses) {
    const run = start(program);
    let innermost = { function: '', line: 0 };
    run.tellAt?.(index + 1, (place) => {
      const own = look(run, place).stacks.find((stack) => stack.tid === tid[index]);
      innermost = own?.frames[0] ?? innermost;
    });
    while (!run.advance(100_000));
    const at = program.sites[site[index] as number];
    expect([innermost.line, innermost.function]).toEqual([
      at?.line,
      program.functions[at?.function ?? 0]?.name,
    ]);
  }
});

test.each([
  '(Error as any).prepareStackTrace = () => { throw 1; };',
  '(Error as any).prepareStackTrace = () => 7;',
  '(Error as any).stackTraceLimit = 0;',
])('a program that changes what errors tell is seen through all the same: %s', (change) => {
  const before = Object.entries(Object.getOwnPropertyDescriptors(Error));
  try {
    const seen = insides(`${change}\nfunction f() { console.log('in f'); }\nf();`);
    const [stack] = seen.get('in f')?.stacks ?? [];
    expect(stack?.frames.map(({ function: name, line }) => [name, line])).toEqual([
      ['f', 2],
      ['', 3],
    ]);
  } finally {
    for (const name of ['prepareStackTrace', 'stackTraceLimit']) Reflect.deleteProperty(Error, name);
    for (const [name, descriptor] of before)
      if (descriptor.configurable) Object.defineProperty(Error, name, descriptor);
  }
});
