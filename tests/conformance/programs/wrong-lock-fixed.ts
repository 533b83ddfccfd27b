import { assert, Mutex, Thread } from 'interleave';

const d = new Mutex('d');
const t = d;
let value = 0;
const first = new Thread(() => {
  d.lock();
  const before = value;
  value++;
  assert(value === before + 1, 'somebody else changed it');
  d.unlock();
});
const other = () => {
  t.lock();
  value++;
  t.unlock();
};
const second = new Thread(other);
const third = new Thread(other);
first.join();
second.join();
third.join();
