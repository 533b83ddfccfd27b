// The same withdrawal, with check and update on the same side of the await.
import { assert, ioAsync, print, us } from 'interleave';

let balance = 100;

const withdraw = async (amount: number) => {
  if (balance < amount) return false;
  balance -= amount;
  await ioAsync(us(10), 'audit log');
  return true;
};

const paid = await Promise.all([withdraw(80), withdraw(80)]);
print('paid out:', paid.filter((ok) => ok).length * 80);
print('balance:', balance);
assert(balance >= 0, 'the account is overdrawn');
