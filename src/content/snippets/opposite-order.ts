// Ann takes the knife, then the board. Ben takes the board, then the knife.
import { Mutex, print, Thread } from 'interleave';

const knife = new Mutex('knife');
const board = new Mutex('board');

const chop = (name: string, first: Mutex, second: Mutex) => {
  first.lock();
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
