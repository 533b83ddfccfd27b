// Catch the error, carry on, and lose the money.
import { print, Thread } from 'interleave';

const accounts = { ann: 100, ben: 0 };

const transfer = (amount: number) => {
  accounts.ann -= amount;
  if (amount > 50) throw new Error('too much for one transfer'); // half done
  accounts.ben += amount;
};

const clerk = new Thread(() => {
  try {
    transfer(80);
  } catch {
    // the program must go on
  }
});

clerk.join();
print('money in the bank:', accounts.ann + accounts.ben);
