// The same lock, with looking and taking made one step by the machine.
import { Atomic, assert, print, Thread, yieldThread } from 'interleave';

const taken = new Atomic(false);
let inside = 0;

const work = () => {
  while (!taken.compareExchange(false, true)) yieldThread();

  inside++;
  assert(inside === 1, 'two cooks at one stove');
  inside--;

  taken.store(false);
};

const ann = new Thread(work);
const ben = new Thread(work);
ann.join();
ben.join();
print('never two at once');
