import { Condition, Mutex, Thread } from 'interleave';

let num = 1;
const m = new Mutex();
const empty = new Condition(m),
  full = new Condition(m);
const spawn = (f: () => void) => new Thread(f);
const t1 = spawn(() => {
  m.lock();
  while (num > 0) empty.wait();
  num++;
  m.unlock();
  full.signal();
});
const t2 = spawn(() => {
  m.lock();
  while (num === 0) full.wait();
  num--;
  m.unlock();
  empty.signal();
});
t1.join();
t2.join();
