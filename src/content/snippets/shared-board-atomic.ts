// One indivisible step instead of three.
import { assert, Process, print, SharedMemory } from 'interleave';

const board = new SharedMemory('board', 1);

const add = () => {
  board.add(0, 1);
};

const ann = new Process(add);
const ben = new Process(add);
ann.wait();
ben.wait();

print(board.get(0));
assert(board.get(0) === 2, 'an update was lost');
