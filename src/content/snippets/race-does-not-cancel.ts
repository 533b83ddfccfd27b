// A search takes 500 µs. The guest waits for 250.
import { ioAsync, machine, print, us } from 'interleave';

machine({ costs: 'free' });

const search = async () => {
  for (let shelf = 1; shelf <= 5; shelf++) {
    await ioAsync(us(100), 'pantry');
    print('searched shelf', shelf);
  }
};
const patience = async () => {
  await ioAsync(us(250), 'clock');
  print('guest: I have waited long enough');
};

await Promise.race([search(), patience()]);
print('guest: leaves');
