// A rule for the whole kitchen: the knife before the board.
import { Mutex, print, Thread } from 'interleave';

const knife = new Mutex('knife');
const board = new Mutex('board');

const chop = () => {
  knife.lock();
  board.lock();
  board.unlock();
  knife.unlock();
};

const ann = new Thread(chop, { name: 'Ann' });
const ben = new Thread(chop, { name: 'Ben' });
ann.join();
ben.join();
print('all chopped');
