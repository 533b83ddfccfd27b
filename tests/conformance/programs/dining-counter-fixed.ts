import { assert, Mutex, Thread } from 'interleave';

const N = 2;
const fork: Mutex[] = [];
for (let i = 0; i < N; i++) fork.push(new Mutex());
const g = new Mutex();
let phil = 0;
function philosopher(i: number) {
  return () => {
    g.lock();
    (fork[(i + 1) % N] as Mutex).lock();
    (fork[i] as Mutex).lock();
    (fork[i] as Mutex).unlock();
    (fork[(i + 1) % N] as Mutex).unlock();
    g.unlock();
    const r = phil;
    phil = r + 1;
    const q = phil;
    assert(q <= N);
  };
}
const ts: Thread<void>[] = [];
for (let i = 0; i < N; i++) ts[i] = new Thread(philosopher(i));
for (let i = 0; i < N; i++) (ts[i] as Thread<void>).join();
