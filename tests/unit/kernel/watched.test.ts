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
