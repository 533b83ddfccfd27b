// Processes can share memory. They ask for it by name.
import { Process, print, SharedMemory } from 'interleave';

let own = 0;
const board = new SharedMemory('board', 1);

const child = new Process(() => {
  own = 1; // my copy
  board.set(0, 1); // our page
});
child.wait();

print('the ordinary variable:', own);
print('the shared page:      ', board.get(0));
