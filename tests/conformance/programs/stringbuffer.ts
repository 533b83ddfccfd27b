import { assert, Mutex, Thread } from 'interleave';

const b = new Mutex('b');
const sb = new Mutex('sb');
let count = 3;
const worker = new Thread(() => {
  b.lock();
  count = 0;
  b.unlock();
  b.lock();
  count = 3;
  b.unlock();
});
sb.lock();
b.lock();
const n = count;
b.unlock();
b.lock();
assert(n <= count, 'copied more characters than there are');
b.unlock();
sb.unlock();
worker.join();
