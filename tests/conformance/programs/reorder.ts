import { assert, Thread } from 'interleave';

let a = 0;
let b = 0;
const set = () => {
  a = 1;
  b = -1;
};
const one = new Thread(set);
const two = new Thread(set);
const checker = new Thread(() => {
  assert((a === 0 && b === 0) || (a === 1 && b === -1), 'saw half of an update');
});
one.join();
two.join();
checker.join();
