import { assert, Thread } from 'interleave';

const flag = [0, 0];
let turn = 0;
let owner = -1;
const enter = (i: number, j: number) => () => {
  flag[i] = 1;
  turn = j;
  let entered = false;
  for (let spin = 0; spin < 2 && !entered; spin++) entered = flag[j] === 0 || turn !== j;
  if (entered) {
    owner = i;
    assert(owner === i, 'both are inside');
  }
  flag[i] = 0;
};
const a = new Thread(enter(0, 1));
const b = new Thread(enter(1, 0));
a.join();
b.join();
