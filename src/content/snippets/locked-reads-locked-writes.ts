// Every access is locked, and an update can still be lost:
// the lock is given back in the middle.
import { assert, Mutex, print, Thread } from 'interleave';

let counter = 0;
const pen = new Mutex();

const read = () => pen.withLock(() => counter);
const write = (value: number) => pen.withLock(() => (counter = value));
const work = () => write(read() + 1);

const ann = new Thread(work);
const ben = new Thread(work);
ann.join();
ben.join();

print(counter);
assert(counter === 2, 'an update was lost');
