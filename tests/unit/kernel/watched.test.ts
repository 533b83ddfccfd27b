import { describe, expect, test } from 'vitest';
import { compile, EventKind, start, type Trace } from '../../../src/engine/index.ts';

const source = `import { Thread, Process, print } from 'interleave';
let counter = 0;
const ann = new Thread(() => { for (let i = 0; i < 3; i++) counter++; }, { name: 'ann' });
const ben = new Thread(() => { counter += 10; }, { name: 'ben' });
ann.join();
ben.join();
const child = new Process(() => { counter = 99; });
child.wait();
print(counter);`;

function run(options: { watched?: boolean; locals?: boolean } = {}) {
  const started = start(compile(source, options), { cores: 1, seed: 1 });
  while (!started.advance(100_000));
  return { trace: started.trace(), report: started.report() };
}

const values = ({ length, kind, b, strings }: Trace) =>
  Array.from({ length }, (_, index) => index)
    .filter((index) => kind[index] === EventKind.Store)
    .map((index) => strings[b[index] as number]);

describe('a program compiled to show its values', () => {
  test('runs as it does otherwise, and its loads and stores say what', () => {
    const [plain, watched] = [run(), run({ watched: true, locals: true })];
    expect(watched.report).toEqual(plain.report);
    expect([...watched.trace.kind]).toEqual([...plain.trace.kind]);
    expect(values(plain.trace).every((value) => value === undefined)).toBe(true);
    expect(values(watched.trace)).toEqual(['1', '2', '3', '13']);
  });
});

describe('a trace', () => {
  const { trace } = run();

  test('says when pages came into memory: first with a frame, shared after a fork, then copied', () => {
    const changes: number[][] = [];
    for (let at = 0; at < (trace.pages?.length ?? 0); at += 5)
      changes.push([...(trace.pages?.slice(at, at + 5) ?? [])]);
    expect(changes[0]?.slice(1)).toEqual([1, expect.any(Number), expect.any(Number), 0]);
    expect(changes.some(([, pid, , , cow]) => pid !== 1 && cow === 1)).toBe(true);
    const [first] = changes.filter(([, pid, , , cow]) => pid !== 1 && cow === 0);
    expect(first).toBeDefined();
    expect(changes.map(([events]) => events)).toEqual(
      changes.map(([events]) => events).toSorted((a = 0, b = 0) => a - b),
    );
  });

  test('names the thread that a join waits for', () => {
    expect(trace.objects).toContainEqual({ id: expect.any(Number), kind: 'thread', name: 'ann' });
  });
});

describe('the line of an event', () => {
  const program = compile(`import { Channel, Mutex, Thread, print } from 'interleave';
const m = new Mutex();
const c = new Channel<number>(1);
const work = () => {
  m.lock();
  print('in');
  m.unlock();
  m.withLock(() => {
    print('with');
  });
  for (let i = 0; i < 3; i++)
    c.send(i);
};
const ann = new Thread(work);
const ben = new Thread(work);
let seen = 0;
for (const value of c) {
  print(value);
  if (++seen === 6) break;
}
ann.join();
ben.join();
await null;
print('over');`);
  const linesOf = (cores: number, wanted: number) => {
    const started = start(program, { cores });
    while (!started.advance(100_000));
    const { length, kind, site } = started.trace();
    const found = Array.from({ length }, (_, index) => index)
      .filter((index) => kind[index] === wanted)
      .map((index) => program.sites[site[index] as number]?.line ?? 0);
    return [...new Set(found)].sort((a, b) => a - b);
  };

  test.each([1, 2])('is that of the call that made it, however the threads run (%i cores)', (cores) => {
    expect(linesOf(cores, EventKind.Print)).toEqual([6, 9, 18, 24]);
    expect(linesOf(cores, EventKind.Acquire)).toEqual([5, 8]);
    expect(linesOf(cores, EventKind.Release)).toEqual([7, 8]);
    expect(linesOf(cores, EventKind.Send)).toEqual([12]);
    expect(linesOf(cores, EventKind.Receive)).toEqual([17]);
  });
});
