// Load, add and store as one step.
import { Atomic, assert, print, Thread } from 'interleave';

const counter = new Atomic(0);

const work = () => {
  for (let i = 0; i < 2; i++) counter.add(1);
};

const ann = new Thread(work);
const ben = new Thread(work);
ann.join();
ben.join();

print(counter.load());
assert(counter.load() === 4, 'an update was lost');
