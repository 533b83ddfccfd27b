// One indivisible step instead of three.
import { machine, Process, print, SharedMemory } from 'interleave';

machine({ cores: 2 });

const board = new SharedMemory('board', 1);

const add = () => {
  for (let i = 0; i < 1000; i++) board.add(0, 1);
};

const ann = new Process(add);
const ben = new Process(add);
ann.wait();
ben.wait();

print(board.get(0));
