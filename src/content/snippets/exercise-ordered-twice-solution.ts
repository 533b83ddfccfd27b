// Decided and noted down before the await, where nobody can come in between.
import { assert, ioAsync, print, us } from 'interleave';

let ordered = false;
let orders = 0;

const order = async () => {
  if (ordered) return;
  ordered = true;
  await ioAsync(us(10), 'till'); // is the card good?
  orders++;
};

const taps = await Promise.all([order(), order()]);

print('orders:', orders);
assert(taps.length === 2 && orders === 1, 'the kitchen cooks two dinners');
