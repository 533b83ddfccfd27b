// Two transfers in opposite directions. Sometimes neither comes back.
import { assert, Mutex, print, Thread } from 'interleave';

const account = (name: string, balance: number) => ({ name, balance, lock: new Mutex(name) });
const a = account('a', 10);
const b = account('b', 10);

const transfer = (from: typeof a, to: typeof a, amount: number) => {
  from.lock.lock();
  to.lock.lock();
  from.balance -= amount;
  to.balance += amount;
  to.lock.unlock();
  from.lock.unlock();
};

const ann = new Thread(() => transfer(a, b, 3));
const ben = new Thread(() => transfer(b, a, 4));
ann.join();
ben.join();

print(a.balance, b.balance);
assert(a.balance + b.balance === 20, 'money was lost');
