import { assert, Mutex, Thread } from 'interleave';

const one = new Mutex('one');
const two = new Mutex('two');
let first = 0;
let second = 0;
const writer = new Thread(() => {
  one.lock();
  first = 1;
  one.unlock();
  two.lock();
  second = first + 1;
  two.unlock();
});
const reader = new Thread(() => {
  one.lock();
  const seen = first;
  one.unlock();
  if (seen === 0) return;
  two.lock();
  assert(second === seen + 1, 'saw the first stage only');
  two.unlock();
});
writer.join();
reader.join();
