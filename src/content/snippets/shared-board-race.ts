// Shared memory brings the kitchen's troubles into the building: an update can be lost between processes.
import { assert, Process, print, SharedMemory } from 'interleave';

const board = new SharedMemory('board', 1);

const add = () => {
  board.set(0, board.get(0) + 1);
};

const ann = new Process(add);
const ben = new Process(add);
ann.wait();
ben.wait();

print(board.get(0));
assert(board.get(0) === 2, 'an update was lost');
