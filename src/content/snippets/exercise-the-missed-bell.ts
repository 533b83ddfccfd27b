// The cook rings when the plate is ready. The waiter may not have been listening.
import { assert, Condition, Mutex, print, Thread } from 'interleave';

const kitchen = new Mutex();
const bell = new Condition(kitchen);
let plate = '';

const waiter = new Thread(() => {
  kitchen.withLock(() => {
    bell.wait();
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
