import { assert, Condition, Mutex, Thread } from 'interleave';

const N = 3;
class Slot {
  num = 0;
  m = new Mutex();
  empty = new Condition(this.m);
  full = new Condition(this.m);
  put() {
    this.m.withLock(() => {
      while (this.num > 0) this.empty.wait();
      this.num++;
    });
    this.full.signal();
  }
  take() {
    this.m.withLock(() => {
      while (this.num === 0) this.full.wait();
      this.num--;
    });
    this.empty.signal();
  }
}
const slot = new Slot();
let total = 0,
  flag = false;
const workers = [
  new Thread(
    () => {
      for (let i = 0; i < N; i++) slot.put();
    },
    { name: 'producer' },
  ),
  new Thread(
    () => {
      for (let j = 0; j < N; j++) {
        slot.m.lock();
        while (slot.num === 0) slot.full.wait();
        total += j;
        slot.num--;
        slot.m.unlock();
        slot.empty.signal();
      }
      total += N;
      flag = true;
    },
    { name: 'consumer' },
  ),
];
for (const each of workers) each.join();
if (flag) assert(total !== (N * (N + 1)) / 2, `total is ${total}`);
