// A wrong repair: each cook locks, but each has a lock of their own.
import { assert, Mutex, print, Thread } from 'interleave';

let counter = 0;

const work = () => {
  const pen = new Mutex();
  pen.withLock(() => {
    counter++;
  });
};

const ann = new Thread(work);
const ben = new Thread(work);
ann.join();
ben.join();

print(counter);
assert(counter === 2, 'an update was lost');
