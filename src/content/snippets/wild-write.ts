// A thread writes past the end of its own block. No fault, no error: just a colleague's number, gone.
import { malloc, peek, poke, print, Thread } from 'interleave';

const names = malloc(16);
const balance = malloc(16);
poke(balance, 500);

const buggy = new Thread(() => {
  for (let p = names; p <= balance; p += 8) poke(p, 0); // should have stopped after two words
});
buggy.join();

print('the balance is', peek(balance));
