import { print, Thread } from 'interleave';

let x = 0;
const writer = new Thread(() => {
  x = 42;
});
const a = new Thread(() => x);
const b = new Thread(() => x);
const c = new Thread(() => x);
writer.join();
print(a.join(), b.join(), c.join());
