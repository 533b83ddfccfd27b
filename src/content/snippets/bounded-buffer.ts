// A shelf with room for one plate, between a cook and a waiter.
import { assert, Condition, Mutex, print, Thread } from 'interleave';

const m = new Mutex();
const notFull = new Condition(m);
const notEmpty = new Condition(m);
const shelf: number[] = [];

const cook = new Thread(() => {
  for (let plate = 1; plate <= 3; plate++) {
    m.withLock(() => {
      while (shelf.length === 1) notFull.wait();
      shelf.push(plate);
      notEmpty.signal();
    });
  }
});
const waiter = new Thread(() => {
  for (let plate = 1; plate <= 3; plate++) {
    m.withLock(() => {
      while (shelf.length === 0) notEmpty.wait();
      assert(shelf.shift() === plate, 'out of order');
      notFull.signal();
    });
  }
});

cook.join();
waiter.join();
print('three plates served');
