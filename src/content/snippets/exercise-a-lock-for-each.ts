// There is a lock, and it is taken. Why is the total wrong all the same?
import { assert, Mutex, print, Thread } from 'interleave';

let total = 0;

const pay = (amount: number) => {
  const lock = new Mutex();
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
