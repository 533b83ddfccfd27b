// The question and what follows from its answer stand under one lock.
import { assert, Mutex, print, Thread } from 'interleave';

const desk = new Mutex();
let tickets = 1;
let sold = 0;

const buy = () => {
  desk.withLock(() => {
    if (tickets === 0) return;
    tickets--;
    sold++;
  });
};

const ann = new Thread(buy);
const ben = new Thread(buy);
ann.join();
ben.join();

print('sold:', sold);
assert(sold === 1, 'one ticket was sold twice');
