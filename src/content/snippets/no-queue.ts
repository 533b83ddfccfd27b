// A stove without a queue: whoever asks at the right moment has it.
import { Atomic, compute, machine, print, sleep, Thread, us } from 'interleave';

machine({ cores: 2, costs: 'free' });

const taken = new Atomic(false);
let order = '';

const cook = (name: string) => {
  for (let dish = 0; dish < 5; dish++) {
    while (!taken.compareExchange(false, true)) sleep(us(3)); // ask now and then
    order += name;
    compute(us(10));
    taken.store(false);
  }
};

const ann = new Thread(() => cook('A'));
const ben = new Thread(() => cook('B'));
ann.join();
ben.join();
print(order);
