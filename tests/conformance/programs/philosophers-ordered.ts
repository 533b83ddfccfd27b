import { Mutex, Thread } from 'interleave';

const forks = [new Mutex('fork 0'), new Mutex('fork 1'), new Mutex('fork 2')];
const dine = (left: Mutex, right: Mutex) => () => {
  left.lock();
  right.lock();
  right.unlock();
  left.unlock();
};
const [x, y, z] = forks as [Mutex, Mutex, Mutex];
const a = new Thread(dine(x, y), { name: 'a' });
const b = new Thread(dine(y, z), { name: 'b' });
const c = new Thread(dine(x, z), { name: 'c' });
a.join();
b.join();
c.join();
