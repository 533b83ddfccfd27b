import { assert, Mutex, Thread } from 'interleave';

let data = 0;
const D = new Mutex('D');
async function right() {
  D.lock();
  const x = data;
  data++;
  assert(data === x + 1, 'somebody else wrote');
  D.unlock();
}
async function wrong() {
  D.lock();
  data++;
  D.unlock();
}
const ts = [right, wrong, wrong, wrong].map(
  (f) =>
    new Thread(() => {
      f();
    }),
);
for (const each of ts) each.join();
