import { assert, Thread, yieldThread } from 'interleave';

const wants = [false, false];
let turn = 0;
let inside = 0;
const enter = (me: number, other: number) => () => {
  wants[me] = true;
  while (wants[other]) {
    if (turn !== me) {
      wants[me] = false;
      while (turn !== me) yieldThread();
      wants[me] = true;
    }
  }
  inside++;
  assert(inside === 1, 'both are inside');
  inside--;
  turn = other;
  wants[me] = false;
};
const a = new Thread(enter(0, 1));
const b = new Thread(enter(1, 0));
a.join();
b.join();
