// Four threads, four accounts: one lock for all of them, then a lock for each.
import { compute, Mutex, machine, now, print, Thread, us } from 'interleave';

machine({ cores: 4, costs: 'free' });

const accounts = [0, 1, 2, 3];

const timeOf = (lockFor: (account: number) => Mutex) => {
  const begin = now();
  const work = (account: number) => lockFor(account).withLock(() => compute(us(10)));
  const threads = accounts.map((account) => new Thread(() => work(account)));
  for (const thread of threads) thread.join();
  return (now() - begin) / us(1);
};

const one = new Mutex();
const each = accounts.map(() => new Mutex());

const together = timeOf(() => one);
const apart = timeOf((account) => each[account]);

print('one lock for all:', together, 'µs');
print('a lock for each:', apart, 'µs');
