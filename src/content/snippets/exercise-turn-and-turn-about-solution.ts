// Each waits for its own semaphore, and releases the other's.
import { assert, print, Semaphore, Thread } from 'interleave';

let text = '';
const annsTurn = new Semaphore(1);
const bensTurn = new Semaphore(0);

const ann = new Thread(() => {
  for (let i = 0; i < 2; i++) {
    annsTurn.acquire();
    text += 'a';
    bensTurn.release();
  }
});
const ben = new Thread(() => {
  for (let i = 0; i < 2; i++) {
    bensTurn.acquire();
    text += 'b';
    annsTurn.release();
  }
});
ann.join();
ben.join();

print(text);
assert(text === 'abab', 'somebody spoke out of turn');
