// One ticket is left, and two people want it.
import { assert, Mutex, print, Thread } from 'interleave';

const desk = new Mutex();
let tickets = 1;
let sold = 0;

const buy = () => {
  const free = desk.withLock(() => tickets > 0);
  if (!free) return;
  desk.withLock(() => {
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
