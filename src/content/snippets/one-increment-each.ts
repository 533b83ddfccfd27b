// The smallest lost update: one increment each.
import { assert, print, Thread } from 'interleave';

let counter = 0;

const work = () => {
  counter++;
};

const ann = new Thread(work);
const ben = new Thread(work);
ann.join();
ben.join();

print(counter);
assert(counter === 2, 'an update was lost');
