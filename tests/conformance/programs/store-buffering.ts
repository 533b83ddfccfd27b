import { print, Thread } from 'interleave';

let x = 0;
let y = 0;
const a = new Thread(() => {
  x = 1;
  return y;
});
const b = new Thread(() => {
  y = 1;
  return x;
});
print(a.join(), b.join());
