// The waiter looks before waiting, and looks again after waking.
import { assert, Condition, Mutex, print, Thread } from 'interleave';

const kitchen = new Mutex();
const bell = new Condition(kitchen);
let plate = '';

const waiter = new Thread(() => {
  kitchen.withLock(() => {
    while (plate === '') bell.wait();
    print('served:', plate);
    assert(plate === 'soup', 'an empty plate was served');
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
