// One lock around load, add and store.
import { assert, Mutex, print, Thread } from 'interleave';

let plates = 0;
const pen = new Mutex();

const cook = () => {
  pen.withLock(() => {
    plates++;
  });
};

const ann = new Thread(cook);
const ben = new Thread(cook);
ann.join();
ben.join();

print('plates:', plates);
assert(plates === 2, 'a plate was lost');
