// The same flags, as atomics: a store is visible before the thread's next load.
import { Atomic, machine, print, Thread } from 'interleave';

machine({ memoryModel: 'tso' });

const annIsIn = new Atomic(0);
const benIsIn = new Atomic(0);

const ann = new Thread(() => {
  annIsIn.store(1);
  return benIsIn.load();
});
const ben = new Thread(() => {
  benIsIn.store(1);
  return annIsIn.load();
});

print('Ann saw', ann.join(), 'and Ben saw', ben.join());
