import { Mutex, Thread } from 'interleave';

const m = new Mutex('m');
const n = new Mutex('n');
let _counter = 0;
const a = new Thread(
  () => {
    m.lock();
    n.lock();
    _counter++;
    n.unlock();
    m.unlock();
  },
  { name: 'a' },
);
const b = new Thread(
  () => {
    m.lock();
    n.lock();
    _counter--;
    n.unlock();
    m.unlock();
  },
  { name: 'b' },
);
a.join();
b.join();
