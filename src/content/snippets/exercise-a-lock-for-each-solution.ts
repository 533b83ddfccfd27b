// One lock for one piece of data, made where the data is made.
import { assert, Mutex, print, Thread } from 'interleave';

let total = 0;
const lock = new Mutex();

const pay = (amount: number) => {
  lock.withLock(() => {
    total += amount;
  });
};

const ann = new Thread(() => pay(5));
const ben = new Thread(() => pay(7));
ann.join();
ben.join();

print('total:', total);
assert(total === 12, 'a payment was lost');
