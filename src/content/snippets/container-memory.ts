// The limit is the container's: all its processes together must keep to it.
import { Container, machine, malloc, ms, Process, poke, print, sleep } from 'interleave';

machine({ cores: 1 });

const PAGE = 4096;
const MIB = 1024 * 1024;
const box = new Container({ name: 'box', memoryLimit: 8 * MIB });

const eater = (name: string, mib: number) =>
  new Process(
    () => {
      const block = malloc(mib * MIB);
      for (let i = 0; i < mib * MIB; i += PAGE) poke(block + i, 1);
      sleep(ms(20));
      print(name, 'has finished its meal');
    },
    { name, container: box },
  );

const modest = eater('modest', 2);
sleep(ms(5));
const greedy = eater('greedy', 20);

print('modest ended with code', modest.wait().code);
print('greedy was ended by', greedy.wait().signal);
