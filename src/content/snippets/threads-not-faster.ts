// The same additions by one thread, by four with a lock for each,
// and by four that count for themselves.
import { Mutex, machine, now, print, Thread, us } from 'interleave';

machine({ cores: 4, costs: 'modern' });

const total = 4000;
const lock = new Mutex();
let _sum = 0;

const lockedly = (n: number) => {
  for (let i = 0; i < n; i++)
    lock.withLock(() => {
      _sum++;
    });
};
const privately = (n: number) => {
  let own = 0;
  for (let i = 0; i < n; i++) own++;
  lock.withLock(() => {
    _sum += own;
  });
};

const time = (threads: number, work: (n: number) => void) => {
  const start = now();
  const share = () => work(total / threads);
  const all = Array.from({ length: threads }, () => new Thread(share));
  for (const thread of all) thread.join();
  return ((now() - start) / us(1)).toFixed(0);
};

print('one thread, a lock for each:  ', time(1, lockedly), 'us');
print('four threads, a lock for each:', time(4, lockedly), 'us');
print('four threads, private sums:   ', time(4, privately), 'us');
