// One addition from each of two processes, to one element of shared memory.
import { Process, print, SharedMemory } from 'interleave';

const board = new SharedMemory('board', 1);

const add = () => {
  board.set(0, board.get(0) + 1); // a load, an addition, a store
};

const a = new Process(add, { name: 'a' });
const b = new Process(add, { name: 'b' });
a.wait();
b.wait();
print('the board says', board.get(0));
