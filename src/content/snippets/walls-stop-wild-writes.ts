// The same bug, one wall further: the child spoils its own copy.
import { malloc, Process, peek, poke, print } from 'interleave';

const names = malloc(16);
const balance = malloc(16);
poke(balance, 500);

const buggy = new Process(() => {
  for (let p = names; p <= balance; p += 8) poke(p, 0);
  print('the child reads ', peek(balance));
});
buggy.wait();

print('the parent reads', peek(balance));
