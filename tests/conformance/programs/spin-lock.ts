import { Atomic, assert, Thread } from 'interleave';

const locked = new Atomic(false);
let counter = 0;
const work = () => {
  while (!locked.compareExchange(false, true)) {}
  counter++;
  locked.store(false);
};
const threads = [new Thread(work), new Thread(work), new Thread(work)];
for (const thread of threads) thread.join();
assert(counter === 3, 'an update was lost');
