// The same two cooks, and each is interrupted after taking the first thing.
import { Mutex, machine, print, sleep, Thread, us } from 'interleave';

machine({ cores: 1 });

const knife = new Mutex('knife');
const board = new Mutex('board');

const chop = (name: string, first: Mutex, second: Mutex) => {
  first.lock();
  print(name, 'has the', first.name);
  sleep(us(1));
  second.lock();
  print(name, 'chops');
  second.unlock();
  first.unlock();
};

const ann = new Thread(() => chop('Ann', knife, board), { name: 'Ann' });
const ben = new Thread(() => chop('Ben', board, knife), { name: 'Ben' });
ann.join();
ben.join();
print('all chopped');
