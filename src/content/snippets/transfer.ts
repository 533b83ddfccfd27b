// Money moves both ways between two accounts.
// Who decides the order of the locks?
import { assert, Mutex, print, Thread } from 'interleave';

class Account {
  readonly mutex = new Mutex();
  readonly number: number;
  balance = 100;
  constructor(number: number) {
    this.number = number;
  }
}

const transfer = (from: Account, to: Account, amount: number) => {
  const [first, second] = from.number < to.number ? [from, to] : [to, from];
  using _a = first.mutex.hold();
  using _b = second.mutex.hold();
  from.balance -= amount;
  to.balance += amount;
};

const a = new Account(1);
const b = new Account(2);
const there = new Thread(() => transfer(a, b, 10));
const back = new Thread(() => transfer(b, a, 5));
there.join();
back.join();
print('balances:', a.balance, b.balance);
assert(a.balance === 95 && b.balance === 105, 'money was lost');
