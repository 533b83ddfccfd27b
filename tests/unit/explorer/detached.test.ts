import { expect, test } from 'vitest';
import { explored, outputsOf, replayed } from './explored.ts';

const source = `import { Thread, print } from 'interleave';
const t = new Thread(() => print('child'));
t.detach();
print('main');`;

test('the process may end before a detached thread, or after it', () => {
  expect(outputsOf(source)).toEqual(['child main', 'main', 'main child']);
  expect(outputsOf(source, { strategy: 'all' })).toEqual(['child main', 'main', 'main child']);
});

test('each of these schedules replays', () => {
  for (const { stdout, schedule } of explored(source).outcomes)
    expect(replayed(source, schedule)).toEqual(stdout);
});

test('what a detached thread does wrong is found, and what it had no time for is not', () => {
  const { complete, failures } = explored(`import { assert, Mutex, Thread } from 'interleave';
let done = 0;
const m = new Mutex('m');
const check = () => m.withLock(() => assert(done < 2, 'both before me'));
const work = () => m.withLock(() => { done++; });
for (const job of [check, work, work]) new Thread(job).detach();`);
  expect(complete).toBe(true);
  expect(failures).toMatchObject([{ kind: 'assertion', message: 'both before me', preemptions: 0 }]);
});
