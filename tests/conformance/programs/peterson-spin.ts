import { assert, Thread } from 'interleave';

let wantsA = false;
let wantsB = false;
let turn = 'a';
let inside = 0;
const a = new Thread(() => {
  wantsA = true;
  turn = 'b';
  while (wantsB && turn === 'b') {}
  inside++;
  assert(inside === 1, 'both are inside');
  inside--;
  wantsA = false;
});
const b = new Thread(() => {
  wantsB = true;
  turn = 'a';
  while (wantsA && turn === 'a') {}
  inside++;
  assert(inside === 1, 'both are inside');
  inside--;
  wantsB = false;
});
a.join();
b.join();
