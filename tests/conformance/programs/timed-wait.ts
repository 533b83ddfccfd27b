import { Condition, Mutex, ms, print, Thread } from 'interleave';

const m = new Mutex('m');
const c = new Condition(m);
let ready = false;
const waiter = new Thread(() =>
  m.withLock(() => {
    while (!ready) if (!c.wait(ms(1))) return 'gave up';
    return 'served';
  }),
);
const server = new Thread(() =>
  m.withLock(() => {
    ready = true;
    c.signal();
  }),
);
server.join();
print(waiter.join());
