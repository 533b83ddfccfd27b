import { assert, Mutex, Thread } from 'interleave';

const m = new Mutex('m');
let balance = 1;
let deposited = false;
let withdrawn = false;
const checker = new Thread(() => {
  m.lock();
  if (deposited && withdrawn) assert(balance === 1 - 2 - 4, 'the balance is wrong');
  m.unlock();
});
const deposit = new Thread(() => {
  m.lock();
  balance += 2;
  deposited = true;
  m.unlock();
});
const withdraw = new Thread(() => {
  m.lock();
  balance -= 4;
  withdrawn = true;
  m.unlock();
});
checker.join();
deposit.join();
withdraw.join();
