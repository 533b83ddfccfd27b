// The waiter looks before waiting, and looks again after waking.
import { Condition, Mutex, print, Thread } from 'interleave';

const kitchen = new Mutex();
const bell = new Condition(kitchen);
let plate = '';

const waiter = new Thread(() => {
  kitchen.withLock(() => {
    while (plate === '') bell.wait();
    print('served:', plate);
  });
});
const cook = new Thread(() => {
  kitchen.withLock(() => {
    plate = 'soup';
    bell.signal();
  });
});
waiter.join();
cook.join();
