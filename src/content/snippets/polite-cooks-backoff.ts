// The same politeness, but each cook waits
// for a random time before the next attempt.
import { Mutex, machine, print, sleep, Thread, us } from 'interleave';

machine({ cores: 2, costs: 'free' });

const knife = new Mutex('knife');
const board = new Mutex('board');

const chop = (name: string, first: Mutex, second: Mutex) => {
  for (let attempt = 1; attempt <= 5; attempt++) {
    first.lock();
    sleep(us(1)); // on the way to the other one
    if (second.tryLock()) {
      print(name, 'chops at attempt', attempt);
      second.unlock();
      first.unlock();
      return;
    }
    sleep(us(1)); // "after you"
    first.unlock();
    sleep(us(1 + 10 * Math.random()));
  }
  print(name, 'goes home hungry');
};

const ann = new Thread(() => chop('Ann', knife, board), { name: 'Ann' });
const ben = new Thread(() => chop('Ben', board, knife), { name: 'Ben' });
ann.join();
ben.join();
