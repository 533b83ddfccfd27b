import { expect, test } from 'vitest';
import { compile, EventKind, explore, play, replay, start } from '../../../src/engine/index.ts';
import { RunService } from '../../../src/engine/service.ts';
import { look } from '../../../src/engine/session.ts';

// The text that is made of an object in line 9 is a place that only a program compiled for the explorer has.
const source = `import { Thread, Mutex, assert, print } from 'interleave';
let n = 0;
const m = new Mutex();
const work = () => {
  m.lock();
  const seen = n;
  m.unlock();
  m.lock();
  n = seen + 1;
  m.unlock();
};
const ann = new Thread(work, { name: 'ann' });
const ben = new Thread(work, { name: 'ben' });
ann.join();
ben.join();
print(\`\${n}\`);
assert(n === 2, 'lost');`;

test('the page of a replay has the places that the replay means, whatever it was given', () => {
  const program = compile(source);
  const search = explore(program);
  while (!search.advance(1_000));
  const schedule = search.result().failures[0]?.schedule ?? '';
  const service = new RunService({ compile, start, explore, replay, play, look }, () => 0);
  const started = service.start({ program }, {}, schedule);
  if (started.refused) throw new Error(started.refused.message);
  let { progress } = started;
  while (!progress.result) progress = service.advance();
  const { trace } = progress.result;
  const linesOf = (kind: number): number[] => {
    const lines = Array.from({ length: trace.length }, (_, index) => index)
      .filter((index) => trace.kind[index] === kind)
      .map((index) => started.map?.sites[trace.site[index] ?? -1]?.line ?? 0);
    return [...new Set(lines)].sort((a, b) => a - b);
  };
  expect(linesOf(EventKind.Acquire)).toEqual([5, 8]);
  expect(linesOf(EventKind.Release)).toEqual([7, 10]);
  expect(linesOf(EventKind.Store)).toEqual([9]);
  expect(linesOf(EventKind.Print)).toEqual([16]);
});

test('so has a position of a reader who decides each step; a thread that is about to do something waits for nothing', () => {
  const { trace, sites, inside } = play(compile(source), [0]);
  const lines = Array.from(trace.site, (site) => sites[site]?.line ?? 0).filter((line) => line > 0);
  expect(lines).toEqual([13]);
  expect(trace.stacks?.map(({ waitsFor }) => waitsFor)).toEqual(['ann to end', null, null]);
  expect(inside.fibers).toEqual([]);
});
