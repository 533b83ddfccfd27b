import { print, Thread } from 'interleave';

let x = 0;
let y = 0;
const a = new Thread(() => {
  x = 1;
  y = 1;
});
const b = new Thread(() => {
  const first = y;
  return `${first} ${x}`;
});
a.join();
print(b.join());
