// Two threads run the same function and compare addresses.
import { addressOf, print, Thread } from 'interleave';

const total = 0; // a module variable
const orders = ['soup']; // an object

const look = () => {
  const own = 0; // a local variable
  return {
    code: addressOf(look),
    global: addressOf(total),
    object: addressOf(orders),
    local: addressOf(own),
  };
};

const first = new Thread(look);
const second = new Thread(look);
const a = first.join();
const b = second.join();

for (const what of ['code', 'global', 'object', 'local'] as const)
  print(what.padEnd(6), a[what] === b[what] ? 'one for both' : 'one each');
