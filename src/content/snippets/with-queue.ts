// The same stove with a queue: whoever has waited longest is next.
import { compute, Mutex, machine, print, Thread, us } from 'interleave';

machine({ cores: 2, costs: 'free' });

const stove = new Mutex('stove');
let order = '';

const cook = (name: string) => {
  for (let dish = 0; dish < 5; dish++) {
    stove.lock();
    order += name;
    compute(us(10));
    stove.unlock();
  }
};

const ann = new Thread(() => cook('A'));
const ben = new Thread(() => cook('B'));
ann.join();
ben.join();
print(order);
