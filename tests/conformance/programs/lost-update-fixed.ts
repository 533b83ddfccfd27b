import { assert, Mutex, Thread } from 'interleave';

let counter = 0;
const m = new Mutex('m');
const work = () => {
  m.lock();
  counter++;
  m.unlock();
};
const threads = [new Thread(work), new Thread(work), new Thread(work)];
for (const thread of threads) thread.join();
assert(counter === 3, 'an update was lost');
