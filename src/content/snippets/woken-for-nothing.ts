// One waiter, one signal, and a machine whose waits may wake by themselves.
import { assert, Condition, Mutex, machine, print, Thread } from 'interleave';

machine({ spuriousWakeups: true });

const m = new Mutex();
const bell = new Condition(m);
let ready = false;

const waiter = new Thread(() => {
  m.withLock(() => {
    if (!ready) bell.wait();
    assert(ready, 'woken for nothing');
    print('served');
  });
});
const cook = new Thread(() => {
  m.withLock(() => {
    ready = true;
    bell.signal();
  });
});

waiter.join();
cook.join();
