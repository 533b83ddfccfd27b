// Peterson's algorithm:
// mutual exclusion for two threads from loads and stores alone.
import { assert, print, Thread, yieldThread } from 'interleave';

let annWants = false;
let benWants = false;
let turn = '';
let inside = 0;

const cook = () => {
  inside++;
  assert(inside === 1, 'two cooks at one stove');
  inside--;
};

const ann = new Thread(() => {
  annWants = true;
  turn = 'Ben'; // after you
  while (benWants && turn === 'Ben') yieldThread();
  cook();
  annWants = false;
});
const ben = new Thread(() => {
  benWants = true;
  turn = 'Ann';
  while (annWants && turn === 'Ann') yieldThread();
  cook();
  benWants = false;
});
ann.join();
ben.join();
print('never two at once');
