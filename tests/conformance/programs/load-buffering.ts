import { print, Thread } from 'interleave';

let x = 0;
let y = 0;
const a = new Thread(() => {
  const seen = y;
  x = 1;
  return seen;
});
const b = new Thread(() => {
  const seen = x;
  y = 1;
  return seen;
});
print(a.join(), b.join());
