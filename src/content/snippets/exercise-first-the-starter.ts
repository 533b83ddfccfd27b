// The starter must come before the main course, in every schedule. Use a semaphore.
import { assert, print, Thread } from 'interleave';

const served: string[] = [];

const starter = new Thread(() => {
  served.push('starter');
});
const main = new Thread(() => {
  served.push('main');
});
main.join();
starter.join();

print(served.join(', '));
assert(served[0] === 'starter', 'the main course came first');
