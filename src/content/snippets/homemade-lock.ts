// A lock made of a variable. Looking and taking are two steps.
import { assert, print, Thread, yieldThread } from 'interleave';

let taken = false;
let inside = 0;

const work = () => {
  while (taken) yieldThread();
  taken = true;

  inside++;
  assert(inside === 1, 'two cooks at one stove');
  inside--;

  taken = false;
};

const ann = new Thread(work);
const ben = new Thread(work);
ann.join();
ben.join();
print('never two at once, this time');
