import { assert, Mutex, Thread } from 'interleave';

const N = 2;
const fork: Mutex[] = [];
for (let i = 0; i < N; i++) fork.push(new Mutex());
const g = new Mutex();
let phil = 0;
function philosopher(i: number) {
  return () => {
    g.lock();
    fork[(i + 1) % N].lock();
    fork[i].lock();
    fork[i].unlock();
    fork[(i + 1) % N].unlock();
    g.unlock();
    const r = phil;
    phil = r + 1;
    const q = phil;
    assert(q !== N);
  };
}
const ts: Thread<void>[] = [];
for (let i = 0; i < N; i++) ts[i] = new Thread(philosopher(i));
for (let i = 0; i < N; i++) ts[i].join();
