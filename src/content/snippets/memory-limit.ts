// A process that eats memory meets its limit, and only it does.
import { malloc, Process, poke, print } from 'interleave';

const PAGE = 4096;
const MIB = 1024 * 1024;

const glutton = new Process(
  () => {
    while (true) {
      const block = malloc(MIB);
      for (let i = 0; i < MIB; i += PAGE) poke(block + i, 1);
    }
  },
  { name: 'glutton', memoryLimit: 4 * MIB },
);

print('the glutton died of', glutton.wait().signal);
print('the others did not notice');
