// One thread, no preemption, and still a lost update.
import { ioAsync, print, us } from 'interleave';

let balance = 100;

const withdraw = async (amount: number) => {
  if (balance < amount) return false;
  const seen = balance;
  await ioAsync(us(10), 'audit log');
  balance = seen - amount;
  return true;
};

const paid = await Promise.all([withdraw(80), withdraw(80)]);
print('paid out:', paid.filter((ok) => ok).length * 80);
print('balance:', balance);
