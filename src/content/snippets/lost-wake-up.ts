// The waiter looks first and locks afterwards.
// In between, the bell rings for nobody.
import { Condition, Mutex, print, Thread } from 'interleave';

const m = new Mutex('m');
const bell = new Condition(m, 'bell');
let ready = false;

const waiter = new Thread(
  () => {
    if (!ready) {
      m.lock();
      bell.wait();
      m.unlock();
    }
    print('served');
  },
  { name: 'waiter' },
);
const cook = new Thread(
  () => {
    ready = true;
    m.withLock(() => bell.signal());
  },
  { name: 'cook' },
);

waiter.join();
cook.join();
