// Guests in the house = arrivals per ms × ms that each one stays.
// Count them and see.
import { Atomic, io, machine, ms, print, sleep, Thread } from 'interleave';

machine({ cores: 1, costs: 'free' });

const guests = 100;
const inside = new Atomic(0);

for (let i = 0; i < guests; i++)
  new Thread(
    () => {
      inside.add(1);
      io(ms(6), `table ${i}`); // stays for 6 ms
      inside.sub(1);
    },
    { arrival: ms(2 * i) },
  ); // one every 2 ms

sleep(ms(1));
let seen = 0;
for (let look = 0; look < guests; look++) {
  seen += inside.load();
  sleep(ms(2));
}
print('guests inside, on average:', (seen / guests).toFixed(1));
