// Four things a program is made of, and where the loader and the run put them.
import { addressOf, assert, print } from 'interleave';

const greeting = 'hello'; // a module variable: data
const order = { table: 4, dish: 'soup' }; // an object: heap

function cook() {
  // code: text
  const minutes = 20; // a local: stack
  return addressOf(minutes);
}

const map: [string, number][] = [
  ['text ', addressOf(cook)],
  ['data ', addressOf(greeting)],
  ['heap ', addressOf(order)],
  ['stack', cook()],
];

for (const [segment, address] of map) print(segment, `0x${address.toString(16)}`);
assert(
  map.every(([, address], i) => i === 0 || address > map[i - 1][1]),
  'lowest first',
);
