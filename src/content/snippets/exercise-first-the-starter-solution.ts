// A semaphore that starts at zero: one thread waits until the other has said "done".
import { assert, print, Semaphore, Thread } from 'interleave';

const served: string[] = [];
const starterServed = new Semaphore(0);

const starter = new Thread(() => {
  served.push('starter');
  starterServed.release();
});
const main = new Thread(() => {
  starterServed.acquire();
  served.push('main');
});
main.join();
starter.join();

print(served.join(', '));
assert(served[0] === 'starter', 'the main course came first');
