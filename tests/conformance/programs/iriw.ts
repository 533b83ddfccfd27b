import { print, Thread } from 'interleave';

let x = 0;
let y = 0;
const writeX = new Thread(() => {
  x = 1;
});
const readXY = new Thread(() => {
  const first = x;
  return `${first} ${y}`;
});
const readYX = new Thread(() => {
  const first = y;
  return `${first} ${x}`;
});
const writeY = new Thread(() => {
  y = 1;
});
writeX.join();
writeY.join();
print(readXY.join(), readYX.join());
