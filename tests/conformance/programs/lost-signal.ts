import { Condition, Mutex, Thread } from 'interleave';

const m = new Mutex('m');
const empty = new Condition(m);
const full = new Condition(m);
let items = 1;
const one = new Thread(() => {
  m.lock();
  while (items > 0) empty.wait();
  items++;
  full.signal();
  m.unlock();
});
const two = new Thread(() => {
  m.lock();
  while (items === 0) full.wait();
  empty.signal();
  m.unlock();
});
one.join();
two.join();
