// The smallest lost update: one increment each.
import { assert, machine, print, Thread } from 'interleave';

machine({ cores: 1 });

let counter = 0;

const work = () => {
  counter++;
};

const ann = new Thread(work, { name: 'Ann' });
const ben = new Thread(work, { name: 'Ben' });
ann.join();
ben.join();

print(counter);
assert(counter === 2, 'an update was lost');
