// One pen for the board: nobody writes without it, and nobody reads without it.
import { assert, Mutex, print, Thread } from 'interleave';

let counter = 0;
const pen = new Mutex();

const work = () => {
  for (let i = 0; i < 2; i++) {
    pen.lock();
    counter++;
    pen.unlock();
  }
};

const ann = new Thread(work, { name: 'Ann' });
const ben = new Thread(work, { name: 'Ben' });
ann.join();
ben.join();

print(counter);
assert(counter === 4, 'an update was lost');
