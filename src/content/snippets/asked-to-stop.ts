// The same search, which asks before each shelf whether it is still wanted.
import { ioAsync, machine, print, us } from 'interleave';

machine({ costs: 'free' });

let wanted = true;

const search = async () => {
  for (let shelf = 1; shelf <= 5 && wanted; shelf++) {
    await ioAsync(us(100), 'pantry');
    print('searched shelf', shelf);
  }
};
const patience = async () => {
  await ioAsync(us(250), 'clock');
  print('guest: I have waited long enough');
  wanted = false;
};

await Promise.race([search(), patience()]);
print('guest: leaves');
